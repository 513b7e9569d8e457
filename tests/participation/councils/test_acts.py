"""Terms, members and consents, act by act."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfWriter

from marelle.accounts.actions import people as accounts
from marelle.accounts.queries.privacy import held_about
from marelle.audit.models import Entry
from marelle.core.rules import Refused
from marelle.participation.actions import consents, councils, members, terms
from marelle.participation.models import Consent, Council, Member
from marelle.participation.queries.councils import (
    Place,
    balance,
    members_to_renew,
    open_proposals,
    seat_of,
    seats,
    term_of,
    to_renew,
)
from tests.accounts.factories import CollectiviteFactory, UserFactory, lead_of

from .factories import ConsentFactory, MemberFactory, TermFactory, sitting

pytestmark = pytest.mark.django_db


def pdf():
    out, paper = BytesIO(), PdfWriter()
    paper.add_blank_page(200, 200)
    paper.write(out)
    return out.getvalue()


YEAR = {"starts_on": date(2027, 9, 1), "ends_on": date(2028, 8, 31)}


def give(member, lead, at, **fields):
    data = {"kinds": ["participation"], "by_child": True, "by_guardians": True, "signed_on": at.date(),
            "valid_until": date(2027, 8, 31)} | fields  # fmt: skip
    return consents.give(member=member, **data, by=lead, at=at)


def place(member, at):
    return seat_of(Member.objects.get(pk=member.pk), on=at.date()).place


def test_a_child_recorded_sits_once_the_consent_is_signed(term, lead, at):
    member = members.add(term=term, first_name="Lina", joined_on=at.date(), by=lead, at=at)
    assert place(member, at) == Place.WAITS
    give(member, lead, at)
    assert place(member, at) == Place.SITS


def test_being_pictured_is_another_consent(term, lead, at):
    member = members.add(term=term, first_name="Lina", joined_on=at.date(), by=lead, at=at)
    give(member, lead, at, kinds=["image"])
    seat = seat_of(member, on=at.date())
    assert (seat.place, seat.may_be_pictured) == (Place.WAITS, False)  # pictured without sitting makes no sense
    give(member, lead, at)
    assert seat_of(Member.objects.get(pk=member.pk), on=at.date()).may_be_pictured
    consents.withdraw(consent=member.consents.get(kind="image"), by=lead, at=at)
    seat = seat_of(Member.objects.get(pk=member.pk), on=at.date())
    assert (seat.sits, seat.may_be_pictured) == (True, False)


def test_a_withdrawal_works_at_once_and_for_every_paper_of_its_kind(term, lead, at):
    member = sitting(term, is_shown=True)
    ConsentFactory(member=member, valid_until=date(2027, 12, 31))
    assert seat_of(member, on=at.date()).is_public
    consents.withdraw(consent=member.consents.first(), by=lead, at=at)
    seat = seat_of(Member.objects.get(pk=member.pk), on=at.date())
    assert (seat.place, seat.is_public) == (Place.WITHDRAWN, False)
    consents.put_back(consent=member.consents.first(), by=lead, at=at)
    assert place(member, at) == Place.SITS


def test_a_consent_that_is_over_no_longer_seats(term, at):
    member = sitting(term, valid_until=date(2026, 11, 23))
    assert place(member, at) == Place.ENDED
    assert [seat.member for seat in to_renew(seats(term, on=at.date()))] == [member]


def test_those_to_renew_are_the_same_counted_by_the_database(term, at):
    day = at.date()
    soon, later = day + timedelta(days=60), day + timedelta(days=61)
    sitting(term, valid_until=later)
    twice = sitting(term, valid_until=soon)
    ConsentFactory(member=twice, valid_until=later)
    ConsentFactory(member=MemberFactory(term=term), valid_until=later, by_guardians=False, of_age=True)
    MemberFactory(term=term, joined_on=day + timedelta(days=1))
    MemberFactory(term=term, left_on=day)
    MemberFactory(term=TermFactory(starts_on=date(2025, 9, 1), ends_on=date(2026, 8, 31)), joined_on=date(2025, 9, 1))
    wanted = {
        sitting(term, valid_until=soon),
        sitting(term, valid_until=day - timedelta(days=1)),
        MemberFactory(term=term),
        MemberFactory(term=term, left_on=day + timedelta(days=1)),
    }
    for more in ({"by_guardians": False}, {"withdrawn_on": day}, {"kind": "image"}, {"by_child": False}):
        wanted.add(one := MemberFactory(term=term))
        ConsentFactory(member=one, **more)
    assert {seat.member for seat in to_renew(seats(term, on=day))} == wanted
    assert set(members_to_renew(Council.objects.all(), on=day)) == wanted


def test_a_refused_paper_leaves_nothing(term, lead, at):
    member = MemberFactory(term=term)
    with pytest.raises(Refused, match="celui de ses responsables"):
        give(member, lead, at, by_guardians=False)
    assert not Consent.objects.exists()


def test_the_signed_paper_is_kept_with_both_consents(term, lead, at):
    member = MemberFactory(term=term)
    paper = SimpleUploadedFile("accord.pdf", pdf(), "application/pdf")
    one, other = give(member, lead, at, kinds=["participation", "image"], document=paper)
    assert one.document == other.document is not None


def test_who_left_stays_on_the_list_with_both_dates(term, lead, at):
    member = sitting(term)
    members.leave(member=member, left_on=at.date(), by=lead, at=at)
    (seat,) = seats(term, on=at.date())
    assert (seat.place, seat.member.left_on) == (Place.LEFT, at.date())
    members.come_back(member=member, by=lead, at=at)
    assert place(member, at) == Place.SITS


@pytest.mark.parametrize("day", [date(2026, 9, 1), date(2026, 11, 25)])
def test_one_leaves_after_arriving_and_not_tomorrow(term, lead, at, day):
    with pytest.raises(Refused):
        members.leave(member=sitting(term), left_on=day, by=lead, at=at)


def test_nobody_joins_outside_the_term(term, lead, at):
    with pytest.raises(Refused, match="hors du mandat"):
        members.add(term=term, first_name="Lina", joined_on=date(2027, 9, 1), by=lead, at=at)


def test_the_next_term_receives_words_and_those_who_stay(council, term, lead, at):
    stays, goes = sitting(term, valid_until=date(2028, 8, 31)), sitting(term)
    new = terms.start(council=council, **YEAR, handover="Finir la cour.", staying=[stays], by=lead, at=at)
    term.refresh_from_db()
    assert term.handover == "Finir la cour."
    (heir,) = new.members.all()
    assert (heir.previous, heir.first_name, heir.joined_on) == (stays, stays.first_name, new.starts_on)
    assert seat_of(heir, on=new.starts_on).sits
    assert not hasattr(goes, "next")


def test_a_consent_that_ends_before_the_next_term_does_not_follow(council, term, lead, at):
    stays = sitting(term, valid_until=date(2027, 8, 31))
    new = terms.start(council=council, **YEAR, staying=[stays], by=lead, at=at)
    assert seat_of(new.members.get(), on=new.starts_on).place == Place.WAITS


def test_who_left_does_not_go_on(council, term, lead, at):
    gone = sitting(term, left_on=date(2026, 10, 1))
    with pytest.raises(Refused, match="ne siège plus"):
        terms.start(council=council, **YEAR, staying=[gone], by=lead, at=at)
    assert council.terms.count() == 1


def test_the_term_of_a_day(council, term, at):
    later = TermFactory(council=council, **YEAR)
    assert term_of(council, on=at.date()) == term
    assert term_of(council, on=date(2027, 10, 1)) == later
    assert term_of(council, on=date(2026, 8, 1)) == term  # the next to come
    assert term_of(council, on=date(2030, 1, 1)) == later  # the last


def test_a_row_typed_by_mistake_goes_with_its_papers(term, lead, at):
    member = members.add(term=term, first_name="Lina", joined_on=at.date(), by=lead, at=at)
    give(member, lead, at)
    members.erase(member=member, by=lead, at=at)
    assert not Member.objects.exists()
    assert not Consent.objects.exists()


def test_a_family_asks_to_be_forgotten_in_every_term(council, term, lead, at):
    member = sitting(term, valid_until=date(2028, 8, 31))
    new = terms.start(council=council, **YEAR, staying=[member], by=lead, at=at)
    members.forget(member=new.members.get(), by=lead, at=at)
    for row in Member.objects.all():
        said = (row.first_name, row.last_name, row.birth_year, row.school, row.guardian_contact)
        assert said == ("", "", None, "", "")
        assert row.left_on
        assert "effacé" in str(row)
    assert not Consent.objects.exists()
    with pytest.raises(Refused):
        members.change(member=member, first_name="Lina", joined_on=member.joined_on, by=lead, at=at)


def test_balance_counts_who_sits_and_no_childs_gender(council, term, at):
    sitting(term, birth_year=2016)
    sitting(term, birth_year=2016, school="École Ferry")
    sitting(term, birth_year=None, school="")
    MemberFactory(term=term)  # no consent: not counted
    found = balance(council, term, seats(term, on=at.date()))
    assert found.sitting == 3
    assert found.ages == [("10", 2), ("", 1)]
    assert found.schools == [("École Ferry", 1), ("École Jean-Zay", 1), ("", 1)]
    assert found.gap is None
    term.women, term.men = 5, 3
    assert balance(council, term, []).gap == 2
    assert not {"gender", "sex"} & {field.name for field in Member._meta.get_fields()}


def test_a_stranger_is_refused_everywhere(term, lead, at):
    member = sitting(term)
    other = lead_of(CollectiviteFactory())
    acts = (
        lambda: councils.end(council=term.council, by=other, at=at),
        lambda: terms.start(council=term.council, **YEAR, by=other, at=at),
        lambda: members.leave(member=member, left_on=at.date(), by=other, at=at),
        lambda: members.forget(member=member, by=other, at=at),
        lambda: consents.withdraw(consent=member.consents.get(), by=other, at=at),
        lambda: councils.take_out_list(term=term, form="csv", by=other, at=at),
        lambda: give(member, other, at),
    )
    for act in acts:
        with pytest.raises(PermissionDenied):
            act()
    assert not Entry.objects.exists()


def test_the_log_holds_no_name(council, term, lead, at):
    member = members.add(term=term, first_name="Éléonore", last_name="Unetelle", joined_on=at.date(), by=lead, at=at)
    give(member, lead, at)
    members.leave(member=member, left_on=at.date(), by=lead, at=at)
    councils.take_out_list(term=term, form="xlsx", by=lead, at=at)
    written = str(list(Entry.objects.values_list("details", "target")))
    assert "léonore" not in written
    assert "Unetelle" not in written


def test_closing_an_adults_account_forgets_nothing_of_the_children_and_tells_nothing_of_them(term, at):
    adult = UserFactory()
    member = sitting(term, first_name="Lina", recorded_by=adult)
    told = str([section.rows for section in held_about(adult, with_rows=True)])
    assert "Lina" not in told
    assert "06 00" not in told
    accounts.close(person=adult, by=adult, at=at)
    member.refresh_from_db()
    assert (member.first_name, member.guardian_contact) == ("Lina", "06 00 00 00 00")
    assert member.consents.count() == 1


def test_what_waits_is_handed_over(council):
    assert open_proposals(council) == []


def test_terms_keep_their_days_apart(council, term, lead, at):
    with pytest.raises(Refused, match="touchent un autre mandat"):
        terms.start(council=council, starts_on=date(2027, 8, 1), ends_on=date(2028, 7, 1), by=lead, at=at)
    terms.change(
        term=term, starts_on=term.starts_on, ends_on=term.ends_on - timedelta(days=40), handover="", women=None,
        men=None, by=lead, at=at,
    )  # fmt: skip
    assert terms.start(council=council, starts_on=date(2027, 8, 1), ends_on=date(2028, 7, 1), by=lead, at=at)
