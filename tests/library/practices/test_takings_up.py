"""Taken up by another town, told upwards, moved with mergers; drafted from what an app above knows; contacts that go."""

import pytest
from django.core import mail
from django.urls import reverse
from wagtail.models import Revision

from marelle.accounts.signals import collectivite_followed
from marelle.core.rules import Refused
from marelle.library.actions import practice_contacts, practices, takings_up
from marelle.library.actions.practices import PracticeFacts, Typed
from marelle.library.models import Practice, PracticeContact, TakingUp
from marelle.library.queries import practice_texts
from marelle.library.queries.practices import of_territory
from marelle.library.signals import practice_taken_up
from tests.accounts.factories import CollectiviteFactory, lead_of
from tests.library.factories import ArticleFactory, PracticeFactory, ThemeFactory, contact_of

FACTS = PracticeFacts(
    source="plans.action:k4k4k4k4k4k4", title="Des bancs à hauteur d’enfant", context="Aucun banc devant l’école.",
    steps=("Choisir les places", " ", "Poser"), started_in=2025, cost_euros=0, themes=("cadre-de-vie", "inconnu"),
    articles=(31,), goals=(11, 99),
)  # fmt: skip


@pytest.fixture
def heard():
    news = []

    def listen(sender, **told):
        news.append(told)

    practice_taken_up.connect(listen)
    yield news
    practice_taken_up.disconnect(listen)


def test_both_remember_and_the_apps_above_are_told_on_commit(client, public, other_town, lead, commit, heard, at):
    person = lead_of(other_town)
    with commit():
        takings_up.take_up(practice=public, organisation=other_town, note="Dès mai.", by=person, at=at)
        assert heard == []
    assert [(one["practice"].pk, one["organisation"], one["by"]) for one in heard] == [(public.pk, other_town, person)]
    assert [m.to for m in mail.outbox] == [[lead.email]]
    assert "Dès mai." in mail.outbox[0].body
    assert of_territory(other_town.territory) == ([], [public])
    assert of_territory(public.organisation.territory) == ([public], [])
    assert public.title in client.get(other_town.territory.get_absolute_url()).content.decode()
    assert "Ce qu’elle partage" in client.get(public.organisation.territory.get_absolute_url()).content.decode()


def test_it_is_taken_up_once(public, other_town, at):
    person = lead_of(other_town)
    takings_up.take_up(practice=public, organisation=other_town, by=person, at=at)
    with pytest.raises(Refused, match="déjà"):
        takings_up.take_up(practice=public, organisation=other_town, by=person, at=at)
    takings_up.let_go(practice=public, organisation=other_town, by=person, at=at)
    with pytest.raises(Refused, match="pas annoncé"):
        takings_up.let_go(practice=public, organisation=other_town, by=person, at=at)


def test_a_draft_and_ones_own_are_not_taken_up(practice, public, town, other_town, lead, at):
    with pytest.raises(Refused, match="pas, ou plus, publiée"):
        takings_up.take_up(practice=practice, organisation=other_town, by=lead_of(other_town), at=at)
    with pytest.raises(Refused, match="votre collectivité"):
        takings_up.take_up(practice=public, organisation=town, by=lead, at=at)


def test_towns_that_merge_bring_their_practices_and_what_they_take_up(public, town, other_town, at):
    third = CollectiviteFactory()
    theirs = PracticeFactory(organisation=third, published=True)
    for organisation in (town, other_town):
        takings_up.take_up(practice=theirs, organisation=organisation, by=lead_of(organisation), at=at)
    takings_up.take_up(practice=public, organisation=other_town, by=lead_of(other_town), at=at)
    collectivite_followed.send(sender=type(town), organisation=town, into=other_town, by=None, at=at)
    public.refresh_from_db()
    assert public.organisation == other_town
    assert list(TakingUp.objects.values_list("practice", "organisation")) == [(theirs.pk, other_town.pk)]


def test_an_app_above_drafts_a_practice_once(town, lead, at):
    ThemeFactory(slug="cadre-de-vie")
    ArticleFactory(number=31)
    made = practices.draft_from(facts=FACTS, organisation=town, by=lead, at=at)
    again = practices.draft_from(facts=FACTS, organisation=town, by=lead, at=at)
    made = Practice.objects.get(pk=made.pk)
    assert again.pk == made.pk
    assert (made.live, made.title, made.steps, made.cost_euros, made.goals) == (
        False, "Des bancs à hauteur d’enfant", ["Choisir les places", "Poser"], 0, [11],
    )  # fmt: skip
    assert [one.slug for one in made.themes.all()] == ["cadre-de-vie"]
    assert [one.pk for one in made.articles.all()] == [31]
    assert {gap.question.name for gap in practice_texts.missing(made)} == {
        "summary", "context", "children_part", "staff", "result", "evidence", "failures",
    } - ({"context"} if len(made.context.split()) >= 5 else set())  # fmt: skip


def test_oneself_is_named_at_once_another_is_asked(public, lead, commit, at):
    mine = practice_contacts.name(practice=public, person="Camille", email=lead.email.upper(), by=lead, at=at)
    assert mine.agreed_at == at
    with commit():
        other = practice_contacts.name(practice=public, person="Noor", email="noor@ville.example", by=lead, at=at)
    assert other.agreed_at is None
    assert mail.outbox[-1].to == ["noor@ville.example"]
    assert PracticeContact.objects.get() == other


def test_a_withdrawn_contact_leaves_no_trace(client, public, lead, publisher, at):
    """In pages, in revisions, in what the search reads, in what is proposed next."""
    from marelle.library.queries.search import library_sources as sources

    contact_of(public, name="Noor Haddad", email="noor.haddad@ville.example")
    practices.change(practice=public, by=lead, at=at)
    public.refresh_from_db()
    base = practice_texts.base_of(public, "advice")
    practices.write(practice=public, typed={"advice": Typed("Commencer par deux cours.", base)}, by=lead, at=at)
    practice_contacts.withdraw(practice=public, by=None, at=at, themselves=True)
    practice_contacts.withdraw(practice=public, by=None, at=at, themselves=True)
    assert not PracticeContact.objects.exists()
    traces = [str(row.content) for row in Revision.objects.all()]
    traces += [repr(sources.practice(public.public_id)), client.get(public.get_absolute_url()).content.decode()]
    client.force_login(lead)
    for name in ("practice_work", "practice_preview", "practice_contact_edit"):
        traces.append(client.get(reverse(f"library:{name}", args=[public.public_id])).content.decode())
    assert len(traces) == 6
    assert not any("Noor" in one or "noor.haddad" in one for one in traces)


def test_a_practice_taken_out_keeps_no_contact(public, publisher, at):
    contact_of(public)
    practices.archive(practice=public, reason="Fini.", by=publisher, at=at)
    assert not PracticeContact.objects.exists()
