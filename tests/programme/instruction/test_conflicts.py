"""Stepping aside from a file, and coming back to it when a manager says so."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from marelle.audit.models import Entry
from marelle.core.rules import Refused
from marelle.programme.actions import conflicts, opinions
from marelle.programme.models import Candidacy


@pytest.fixture
def conflict(candidacy, people, at):
    return conflicts.declare(candidacy=candidacy, reason="Ma sœur y est élue", by=people.adviser, at=at)


def sees(person):
    return Candidacy.objects.visible_to(person).exists()


def test_a_manager_lifts_it_with_a_reason_and_the_person_is_told(conflict, people, at, commit, mailoutbox):
    assert not sees(people.adviser)
    with commit():
        conflicts.lift(conflict=conflict, reason="Elle n’est plus élue.", by=people.manager, at=at)
    assert sees(people.adviser)
    assert [mail.to[0] for mail in mailoutbox] == [people.adviser.email]
    assert "plus élue" in mailoutbox[0].body
    entry = Entry.objects.get(kind="programme.conflict.lifted")
    assert "élue" not in str(entry.details)


def test_nobody_is_told_of_a_file_that_is_not_theirs_anyway(candidacy, people, at, commit, mailoutbox):
    opinions.ask(
        candidacy=candidacy, asked_of=people.expert, question="", is_confidential=False,
        due_on=at.date().replace(year=2027), by=people.manager, at=at,
    )  # fmt: skip
    declared = conflicts.declare(candidacy=candidacy, reason="J’y ai travaillé", by=people.expert, at=at)
    mailoutbox.clear()
    with commit():
        conflicts.lift(conflict=declared, reason="Erreur de dossier.", by=people.manager, at=at)
    assert not sees(people.expert), "the opinion taken back does not come back by itself"
    assert people.expert.email not in {mail.to[0] for mail in mailoutbox}
    assert people.expert in list(opinions_may_be_asked(candidacy, at))


def opinions_may_be_asked(candidacy, at):
    from marelle.programme.queries.opinions import askable

    return askable(candidacy, at.date())


@pytest.mark.parametrize("who", ["adviser", "expert", "head", "volunteer", "lead", "stranger"])
def test_only_a_manager_lifts_it_never_the_person(conflict, people, at, who):
    with pytest.raises(PermissionDenied):
        conflicts.lift(conflict=conflict, reason="Si", by=getattr(people, who), at=at)
    assert not sees(people.adviser)


def test_a_manager_cannot_lift_their_own(candidacy, people, at):
    own = conflicts.declare(candidacy=candidacy, reason="Ma ville", by=people.manager, at=at)
    with pytest.raises(PermissionDenied):
        conflicts.lift(conflict=own, reason="Finalement non", by=people.manager, at=at)


def test_it_needs_a_reason_and_is_lifted_once(conflict, people, at):
    with pytest.raises(Refused, match="motif"):
        conflicts.lift(conflict=conflict, reason="  ", by=people.manager, at=at)
    conflicts.lift(conflict=conflict, reason="Erreur.", by=people.manager, at=at)
    with pytest.raises(Refused, match="déjà levé"):
        conflicts.lift(conflict=conflict, reason="Encore.", by=people.manager, at=at)


def test_it_can_be_declared_again_and_both_stay_on_record(conflict, candidacy, people, at):
    conflicts.lift(conflict=conflict, reason="Erreur.", by=people.manager, at=at)
    conflicts.declare(candidacy=candidacy, reason="Si, finalement", by=people.adviser, at=at)
    assert not sees(people.adviser)
    assert candidacy.conflicts.count() == 2


def test_the_managers_page_lists_it_and_leads_to_lifting_it(conflict, candidacy, people, at, client, today):
    url = reverse("programme:lift_conflict", args=[candidacy.public_id, people.adviser.public_id])
    client.force_login(people.manager)
    page = client.get(reverse("programme:review", args=[candidacy.public_id])).content.decode()
    assert url in page
    assert "Ma sœur y est élue" in page
    assert client.post(url, {"reason": ""}).status_code == 422
    assert client.post(url, {"reason": "Elle n’est plus élue."}).status_code == 302
    assert sees(people.adviser)
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("who", ["head", "volunteer", "lead"])
def test_nobody_else_reads_who_stepped_aside(conflict, candidacy, people, client, who, today):
    client.force_login(getattr(people, who))
    url = reverse("programme:lift_conflict", args=[candidacy.public_id, people.adviser.public_id])
    assert client.get(url).status_code == 403
    answer = client.get(reverse("programme:review", args=[candidacy.public_id]))
    assert "Ma sœur" not in answer.content.decode()
