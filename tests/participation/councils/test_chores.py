"""What the timer does: consents recalled in time, children forgotten on the day that was promised."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from marelle.accounts.enums import Role
from marelle.audit.models import Entry
from marelle.documents.actions import purge_orphans, store_bytes
from marelle.documents.models import File
from marelle.jobs import chores
from marelle.participation import chores as ours
from marelle.participation.models import Candidate, Consent, Election, Member
from tests.accounts.factories import lead_of, member_of
from tests.programme.factories import MandateFactory

from .factories import ConsentFactory, MemberFactory, TermFactory, sitting

pytestmark = pytest.mark.django_db


def on(day):
    return timezone.make_aware(datetime(day.year, day.month, day.day, 6))


@pytest.fixture
def chase(commit):
    """`chase(day)` runs the morning of a day and gives who was written to."""

    def run(day):
        mail.outbox.clear()
        with time_machine.travel(on(day), tick=False), commit():
            ours.chase_consents(at=on(day))
        return sorted(to for one in mail.outbox for to in one.to)

    return run


def test_both_chores_are_called_every_day():
    assert {"participation.chase_consents", "participation.forget_children"} <= {*chores._daily}


def test_a_consent_that_ends_is_recalled_three_times_and_no_more(council, term, lead, chase):
    end = date(2027, 3, 31)
    sitting(term, first_name="Éléa", valid_until=end)
    told = {n: chase(end - timedelta(days=n)) for n in (61, 60, 59, 30, 14, 13, 1, 0, -1, -2, -30)}
    assert {n for n, people in told.items() if people} == {60, 14, -1}
    assert told[60] == [lead.email]


def test_one_mail_for_many_consents_and_no_first_name_in_it(council, term, lead, chase):
    member_of(council.organisation, Role.SIGNATORY)  # reads no child's name
    contributor = member_of(council.organisation, Role.CONTRIBUTOR)
    for name in ("Éléa", "Tom", "Zoé"):
        sitting(term, first_name=name, valid_until=date(2027, 1, 10))
    assert chase(date(2026, 11, 24)) == sorted([lead.email, contributor.email])
    said = mail.outbox[0].subject + mail.outbox[0].body
    assert "3" in said
    assert "10\N{NO-BREAK SPACE}janvier 2027" in said
    assert not any(name in said for name in ("Éléa", "Tom", "Zoé"))
    assert chase(date(2026, 11, 24)) == []


def test_after_a_stop_of_the_timer_one_mail_leaves(term, lead, chase):
    sitting(term, valid_until=date(2027, 1, 1))
    assert chase(date(2027, 2, 1)) == [lead.email]
    assert chase(date(2027, 2, 2)) == []


def test_a_new_paper_is_recalled_in_its_turn(term, lead, chase):
    member = sitting(term, valid_until=date(2027, 1, 1))
    assert chase(date(2026, 12, 20))
    ConsentFactory(member=member, valid_until=date(2027, 6, 1))
    assert chase(date(2027, 1, 2)) == []
    assert chase(date(2027, 4, 15)) == [lead.email]


def test_nobody_is_told_of_who_left_who_withdrew_or_a_council_that_ended(council, term, lead, chase):
    sitting(term, valid_until=date(2027, 1, 1), left_on=date(2026, 10, 1))
    ConsentFactory(member=MemberFactory(term=term), valid_until=date(2027, 1, 1), withdrawn_on=date(2026, 10, 1))
    assert chase(date(2026, 12, 20)) == []
    sitting(term, valid_until=date(2027, 1, 1))
    council.ended_on = date(2026, 11, 1)
    council.save()
    assert chase(date(2026, 12, 20)) == []


def test_a_mail_that_has_nothing_left_to_say_is_not_sent(term, lead, commit, at):
    member = sitting(term, valid_until=date(2027, 1, 1))
    with commit():
        ours.chase_consents(at=at)
        ConsentFactory(member=member, valid_until=date(2027, 8, 31))
    assert mail.outbox == []


def test_a_year_after_the_term_only_first_names_and_dates_stay(term, lead, at):
    paper = store_bytes(b"x", name="a.pdf", mime="application/pdf", by=lead, at=at)
    member = sitting(term, first_name="Éléa")
    Consent.objects.update(document=paper)
    ours.forget_children(at=on(date(2028, 8, 30)))
    member.refresh_from_db()
    assert member.last_name == "Martin"
    day = date(2028, 9, 2)
    assert ours.forget_children(at=on(day))
    member.refresh_from_db()
    assert (member.first_name, member.joined_on) == ("Éléa", date(2026, 9, 10))
    assert (member.last_name, member.birth_year, member.school, member.guardian_contact) == ("", None, "", "")
    assert not Consent.objects.exists()
    purge_orphans(at=on(day))
    assert not File.objects.exists()
    assert Entry.objects.filter(kind="participation.member.ended").count() == 1
    assert ours.forget_children(at=on(day)) == 0


def test_first_names_go_with_the_municipal_mandate(council, term):
    MandateFactory(starts_on=date(2026, 3, 22), ends_on=date(2032, 3, 31))
    sitting(term, is_shown=True)
    later = TermFactory(council=council, starts_on=date(2032, 9, 1), ends_on=date(2033, 8, 31))
    stays = sitting(later, joined_on=date(2032, 9, 1))
    ours.forget_children(at=on(date(2032, 3, 31)))
    assert not Member.objects.filter(first_name="").exists()
    ours.forget_children(at=on(date(2032, 4, 1)))
    assert list(Member.objects.filter(first_name="").values_list("term", "is_shown")) == [(term.pk, False)]
    assert Member.objects.get(pk=stays.pk).first_name


def test_without_a_recorded_mandate_first_names_go_six_years_after(term):
    sitting(term)
    ours.forget_children(at=on(date(2033, 8, 31)))
    assert Member.objects.get().first_name
    ours.forget_children(at=on(date(2033, 9, 5)))
    assert Member.objects.get().first_name == ""


def test_candidates_go_a_year_after_the_election(council):
    days = {"starts_on": date(2026, 11, 20), "ends_on": date(2026, 11, 24)}
    election = Election.objects.create(council=council, title="E", seats=1, **days)
    Candidate.objects.create(election=election, first_name="Ana")
    ours.forget_children(at=on(date(2027, 11, 24)))
    assert Candidate.objects.exists()
    ours.forget_children(at=on(date(2027, 11, 25)))
    assert not Candidate.objects.exists()
    assert Election.objects.exists()


def test_a_lead_who_left_is_not_written_to(council, term, lead, chase):
    gone = lead_of(council.organisation, ends_on=date(2026, 9, 1))
    sitting(term, valid_until=date(2027, 1, 1))
    assert gone.email not in chase(date(2026, 12, 1))
