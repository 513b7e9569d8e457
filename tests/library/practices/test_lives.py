"""The life of a practice: written, proposed, sent back, published, changed while the public text stays, taken out."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied

from marelle.accounts.enums import Role
from marelle.core.rules import No, NotNow, Refused
from marelle.library.actions import practice_review as review
from marelle.library.actions import practices
from marelle.library.actions.practices import Outcome, Typed
from marelle.library.enums import PRACTICE_MOVES, PracticeState
from marelle.library.models import Practice
from marelle.library.queries import practice_texts
from marelle.library.rules import practices as rules
from marelle.library.rules.practices import ACTS, Act
from marelle.library.signals import practice_published
from tests.accounts.factories import UserFactory, lead_of, member_of, national
from tests.library.factories import PracticeFactory, ThemeFactory

DRAFT, SUBMITTED, RETURNED = PracticeState.DRAFT, PracticeState.SUBMITTED, PracticeState.RETURNED
PUBLISHED, ARCHIVED = PracticeState.PUBLISHED, PracticeState.ARCHIVED


def said(practice, name, value, base=None):
    text = practice_texts.working(practice)
    return {name: Typed(value, base or practice_texts.base_of(text, name))}


def in_state(practice, state):
    live = state == PUBLISHED
    Practice.objects.filter(pk=practice.pk).update(state=state, live=live)
    practice.refresh_from_db()
    return practice


# --- Who, when ----------------------------------------------------------------------------------------------------

TOWN = {"lead", "elected", "contributor", "signatory"}
WHO = {
    Act.WRITE: {"lead", "elected", "contributor"},
    Act.SUBMIT: {"lead", "elected"},
    Act.TAKE_BACK: {"lead", "elected"},
    Act.CHANGE: {"lead", "elected", "contributor"},
    Act.GIVE_UP: {"lead", "elected"},
    Act.REOPEN: {"lead", "elected", "publisher", "manager"},
    Act.COMMENT: {"editor", "publisher", "manager"},
    Act.REPLY: {"lead", "elected", "contributor", "editor", "publisher", "manager"},
    Act.HOLD: {"editor", "publisher", "manager"},
    Act.RETURN: {"publisher", "manager"},
    Act.PUBLISH: {"publisher", "manager"},
    Act.CONFIRM: {"lead", "elected", "publisher", "manager"},
    Act.ARCHIVE: {"lead", "elected", "publisher", "manager"},
}
WHEN = {
    Act.WRITE: {DRAFT, RETURNED},
    Act.SUBMIT: {DRAFT, RETURNED},
    Act.TAKE_BACK: {SUBMITTED},
    Act.CHANGE: {PUBLISHED},
    Act.GIVE_UP: {DRAFT, RETURNED},
    Act.REOPEN: {ARCHIVED},
    Act.COMMENT: {SUBMITTED},
    Act.REPLY: {DRAFT, SUBMITTED, RETURNED},
    Act.HOLD: {SUBMITTED},
    Act.RETURN: {SUBMITTED},
    Act.PUBLISH: {SUBMITTED},
    Act.CONFIRM: {PUBLISHED},
    Act.ARCHIVE: {DRAFT, RETURNED, PUBLISHED},
}


@pytest.fixture
def people(town, other_town):
    roles = {role: role for role in ("lead", "elected", "contributor", "signatory")}
    team = ("manager", "publisher", "editor", "adviser", "expert", "safeguarding")
    return {
        **{who: member_of(town, role) for who, role in roles.items()},
        **{who: national(Role(who)) for who in team},
        "lead elsewhere": lead_of(other_town),
        "lead who left": lead_of(town, ends_on=date(2025, 1, 1)),
        "somebody": UserFactory(),
    }


def test_each_role_in_each_state(practice, people):
    assert set(WHO) == set(WHEN) == set(Act)
    for state in PracticeState:
        in_state(practice, state)
        for act in Act:
            for who, person in people.items():
                answer = rules.can(person, act, practice)
                if who not in WHO[act]:
                    assert type(answer) is No, (who, act, state)
                elif state in WHEN[act]:
                    assert answer is True, (who, act, state)
                else:
                    assert isinstance(answer, NotNow), (who, act, state)


def test_every_act_that_moves_is_in_the_table_of_moves():
    moves = {
        Act.SUBMIT: SUBMITTED, Act.TAKE_BACK: DRAFT, Act.RETURN: RETURNED, Act.PUBLISH: PUBLISHED, Act.CHANGE: DRAFT,
        Act.GIVE_UP: PUBLISHED, Act.ARCHIVE: ARCHIVED, Act.REOPEN: DRAFT,
    }  # fmt: skip
    allowed = {(origin, ends) for act, ends in moves.items() for origin in ACTS[act].states}
    assert allowed == {(origin, ends) for origin, follows in PRACTICE_MOVES.items() for ends in follows}


def test_its_drafts_are_for_its_town_and_the_national_team(practice, people):
    seen = {who for who, person in people.items() if practice in Practice.objects.worked_on_by(person)}
    assert seen == TOWN | {"manager", "publisher", "editor", "adviser"}


# --- Written --------------------------------------------------------------------------------------------------------


def test_nobody_begins_a_practice_for_another_town(other_town, lead, at):
    with pytest.raises(PermissionDenied):
        practices.start(organisation=other_town, title="La leur", by=lead, at=at)


def test_what_is_saved_is_saved_answer_by_answer(practice, contributor, at):
    typed = {**said(practice, "context", "Une cour de bitume."), **said(practice, "cost_euros", 0)}
    outcomes = practices.write(practice=practice, typed=typed, by=contributor, at=at)
    practice.refresh_from_db()
    assert set(outcomes.values()) == {Outcome.SAVED}
    assert (practice.context, practice.cost_euros, practice.edited_by) == ("Une cour de bitume.", 0, contributor)


def test_two_writers_never_overwrite_each_other(practice, lead, contributor, at):
    seen = practice_texts.base_of(practice, "context")
    practices.write(practice=practice, typed=said(practice, "context", "Le texte de Camille."), by=contributor, at=at)
    late = {"context": Typed("Le texte de la référente.", seen), **said(practice, "staff", "Deux agents.")}
    outcomes = practices.write(practice=practice, typed=late, by=lead, at=at)
    practice.refresh_from_db()
    assert outcomes == {"context": Outcome.CHANGED_MEANWHILE, "staff": Outcome.SAVED}
    assert practice.context == "Le texte de Camille."


def test_an_older_page_where_nothing_was_touched_changes_nothing(practice, lead, contributor, at):
    seen, before = practice_texts.base_of(practice, "context"), practice.context
    practices.write(practice=practice, typed=said(practice, "context", "Un autre texte."), by=contributor, at=at)
    outcomes = practices.write(practice=practice, typed={"context": Typed(before, seen)}, by=lead, at=at)
    practice.refresh_from_db()
    assert outcomes == {"context": Outcome.UNCHANGED}
    assert practice.context == "Un autre texte."


def test_unknown_is_not_zero(practice, lead, at):
    assert [gap.question.name for gap in practice_texts.missing(PracticeFactory.build(**_text(cost_euros=None)))] == [
        "themes",
        "cost_euros",
    ]
    practices.write(practice=practice, typed=said(practice, "cost_euros", None), by=lead, at=at)
    practice.refresh_from_db()
    practices.write(practice=practice, typed=said(practice, "cost_is_unknown", True), by=lead, at=at)
    practice.refresh_from_db()
    assert practice_texts.missing(practice) == []
    assert dict(practice_texts.answers(practice)[4][1])[rules.practice_texts.QUESTIONS["cost_euros"]] == "inconnu"


def _text(**more):
    from tests.library.factories import WHOLE

    return {**WHOLE, **more}


# --- Proposed, sent back, published -----------------------------------------------------------------------------------


def test_what_is_missing_holds_it_back(town, lead, at):
    practice = PracticeFactory(organisation=town)
    with pytest.raises(Refused, match="manque"):
        practices.submit(practice=practice, by=lead, at=at)


def test_proposed_then_published(practice, lead, publisher, commit, at):
    heard = []
    practice_published.connect(lambda sender, **news: heard.append(news), weak=False, dispatch_uid="test")
    with commit():
        practices.submit(practice=practice, by=lead, at=at)
    assert [m.to for m in mail.outbox] == [[publisher.email]]
    assert practice not in Practice.objects.public()
    with commit():
        review.publish(practice=practice, by=publisher, at=at + timedelta(days=1))
    practice_published.disconnect(dispatch_uid="test")
    practice.refresh_from_db()
    assert (practice.state, practice.live, practice.has_unpublished_changes) == (PUBLISHED, True, False)
    assert practice.review_on == date(2028, 11, 24)
    assert [m.to for m in mail.outbox[1:]] == [[lead.email]]
    assert heard[0]["practice"].pk == practice.pk
    assert list(practice.themes.values_list("slug", flat=True)) == ["cadre-de-vie"]


def test_sent_back_with_remarks_and_answered(practice, lead, publisher, commit, at):
    practices.submit(practice=practice, by=lead, at=at)
    remark = review.comment(practice=practice, field="evidence", text="Comptés par qui ?", by=publisher, at=at)
    with commit():
        review.send_back(practice=practice, reason="", by=publisher, at=at)
    assert "Comptés par qui" in mail.outbox[-1].body
    answer = review.reply(comment=remark, text="Par les élèves.", by=lead, at=at)
    review.settle(comment=remark, settled=True, by=lead, at=at)
    practice.refresh_from_db()
    remark.refresh_from_db()
    assert (practice.state, answer.reply_to, remark.settled_at) == (RETURNED, remark, at)


def test_it_is_not_sent_back_without_a_word(practice, lead, publisher, at):
    practices.submit(practice=practice, by=lead, at=at)
    with pytest.raises(Refused, match="ce qui est à compléter"):
        review.send_back(practice=practice, reason=" ", by=publisher, at=at)


def test_nothing_is_published_unread(practice, lead, publisher, at):
    practices.submit(practice=practice, by=lead, at=at)
    seen = practice_texts.fingerprint_of(practice)
    practices.take_back(practice=practice, by=lead, at=at)
    practices.write(
        practice=practice, typed=said(practice, "context", "Un tout autre texte, écrit depuis."), by=lead, at=at
    )
    practices.submit(practice=practice, by=lead, at=at)
    with pytest.raises(Refused, match="a changé"):
        review.publish(practice=practice, by=publisher, at=at, seen=seen)


def test_two_reviewers_do_not_decide_at_once(practice, lead, publisher, at):
    other = national(Role.MANAGER)
    practices.submit(practice=practice, by=lead, at=at)
    review.hold(practice=practice, by=publisher, at=at)
    with pytest.raises(Refused, match=publisher.short_name):
        review.publish(practice=practice, by=other, at=at)
    review.hold(practice=practice, by=other, at=at, from_another=True)
    review.publish(practice=practice, by=other, at=at)


# --- Changed while it is public ---------------------------------------------------------------------------------------


def test_the_public_text_stays_while_it_is_changed(practice, lead, publisher, at):
    practices.submit(practice=practice, by=lead, at=at)
    review.publish(practice=practice, by=publisher, at=at)
    practices.change(practice=practice, by=lead, at=at)
    practice.refresh_from_db()
    ThemeFactory(slug="sante")
    practices.write(practice=practice, typed=said(practice, "title", "La cour au frais"), by=lead, at=at)
    practice.refresh_from_db()
    theme = ThemeFactory(slug="sante")
    practices.write(practice=practice, typed=said(practice, "themes", [theme.pk]), by=lead, at=at)
    practice.refresh_from_db()
    assert (practice.title, practice.live, practice.state) == ("La cour fraîche", True, DRAFT)
    assert [one.question.name for one in practice_texts.differences(practice, practice_texts.working(practice))] == [
        "title",
        "themes",
    ]
    practices.submit(practice=practice, by=lead, at=at)
    review.publish(practice=practice, by=publisher, at=at)
    practice = Practice.objects.get(pk=practice.pk)
    assert (practice.title, practice.state) == ("La cour au frais", PUBLISHED)
    assert list(practice.themes.values_list("slug", flat=True)) == ["sante"]


def test_changes_are_given_up(public, lead, at):
    practices.change(practice=public, by=lead, at=at)
    public.refresh_from_db()
    practices.write(practice=public, typed=said(public, "context", "Autre chose."), by=lead, at=at)
    practices.give_up(practice=public, by=lead, at=at)
    public = Practice.objects.get(pk=public.pk)
    assert (public.state, practice_texts.working(public).context) == (PUBLISHED, public.context)
    assert public.context != "Autre chose."


def test_an_unchanged_text_is_not_proposed_again(public, lead, at):
    practices.change(practice=public, by=lead, at=at)
    with pytest.raises(Refused, match="Rien n’a changé"):
        practices.submit(practice=public, by=lead, at=at)


def test_a_revision_brings_back_nothing_of_the_row(public, other_town, lead, publisher, at):
    """A change begun before the merger does not undo it."""
    practices.change(practice=public, by=lead, at=at)
    public.refresh_from_db()
    practices.write(
        practice=public, typed=said(public, "context", "Un contexte plus précis et plus long."), by=lead, at=at
    )
    practices.submit(practice=public, by=lead, at=at)
    practices.follow(organisation=public.organisation, into=other_town, by=None, at=at)
    review.publish(practice=public, by=publisher, at=at)
    public = Practice.objects.get(pk=public.pk)
    assert (public.organisation, public.context) == (other_town, "Un contexte plus précis et plus long.")


# --- Taken out, read again --------------------------------------------------------------------------------------------


def test_taken_out_with_a_reason_and_put_back(public, lead, publisher, commit, at):
    with pytest.raises(Refused, match="pourquoi"):
        practices.archive(practice=public, reason="", by=publisher, at=at)
    with commit():
        practices.archive(practice=public, reason="Le dispositif a pris fin.", by=publisher, at=at)
    assert "pris fin" in mail.outbox[-1].body
    assert public not in Practice.objects.public()
    practices.reopen(practice=public, by=lead, at=at)
    public.refresh_from_db()
    assert (public.state, public.live) == (DRAFT, False)


def test_authors_are_asked_once_whether_it_still_holds(public, lead, commit, at):
    Practice.objects.filter(pk=public.pk).update(review_on=at.date())
    with commit():
        assert review.ask_to_read_again(at=at) == 1
        assert review.ask_to_read_again(at=at + timedelta(days=1)) == 0
    assert [m.to for m in mail.outbox] == [[lead.email]]
    review.confirm(practice=public, by=lead, at=at)
    public.refresh_from_db()
    assert (public.reviewed_on, public.review_on) == (at.date(), at.date() + timedelta(days=730))
