"""Every mail that a candidacy's life sends: built, in French, complete, leading to a page that opens."""

import re
from datetime import timedelta

import pytest
from django.core import mail

from marelle.accounts.enums import Role
from marelle.notifications import actions as notifications
from marelle.notifications.models import Mail
from marelle.programme.actions import agreements, candidacies, commission, decisions, deliberations, probations, titles
from marelle.programme.emails import candidacies as of_candidacies
from marelle.programme.emails import decisions as of_decisions
from marelle.programme.emails import titles as of_titles
from marelle.programme.enums import OutcomeKind, Status
from tests.accounts.factories import CollectiviteFactory, lead_of, national
from tests.programme.factories import CandidacyFactory, RouteVersionFactory
from tests.programme.lives import a_file, decided, submitted, verdict
from tests.territories.factories import TerritoryFactory

pytestmark = pytest.mark.django_db
NAME = "L’Haÿ <les> Roses & d'Eau"


def live(at):
    """From intention to withdrawal, by the way of a hearing moved, a probation and a promise reopened."""
    town = CollectiviteFactory(territory=TerritoryFactory(name=NAME))
    lead, manager = lead_of(town), national()
    by = {"by": manager, "at": at}
    version = RouteVersionFactory()
    opened = candidacies.open_intention(organisation=town, version=version, intention="Nous <b>.", by=lead, at=at)
    candidacies.confirm(candidacy=opened, **by)
    candidacies.extend_deadline(candidacy=opened, due_at=opened.deadline + timedelta(days=9), reason="Élections.", **by)
    candidacies.abandon(candidacy=opened, reason="Le conseil a changé d’avis.", **by)

    candidacy = submitted(Status.UNDER_REVIEW, organisation=town)
    day = at.date() + timedelta(days=20)
    dates = {"commission_on": day, "hearing_at": at + timedelta(days=19)}
    commission.send_to_commission(candidacy=candidacy, **dates, **by)
    commission.reschedule(candidacy=candidacy, **dates, **by)
    commission.send_back(candidacy=candidacy, reason="Une pièce manque.", **by)
    commission.send_to_commission(candidacy=candidacy, **dates, **by)
    probation = decisions.decide(candidacy=candidacy, verdict=verdict(OutcomeKind.PROBATION), seen=0, **by)
    task = probation.tasks.first()
    probations.say_done(task=task, evidence="Le compte rendu.", by=lead, at=at)
    probations.reopen_task(task=task, reason="Sans la date.", **by)
    probations.say_done(task=task, evidence="Avec la date.", by=lead, at=at)
    probations.confirm_task(task=task, **by)
    probations.tell_ended(at=at + timedelta(days=300))
    decisions.decide(candidacy=candidacy, verdict=verdict(OutcomeKind.AWARD_WITH_RECOMMENDATIONS), seen=1, **by)
    agreements.make_agreement(candidacy=candidacy, **by)
    deliberations.record_deliberation(
        candidacy=candidacy, number="17", held_on=at.date(), council="Conseil", document=a_file(lead), by=lead, at=at
    )
    agreements.bring_signed(
        candidacy=candidacy, document=a_file(lead), signed_on=at.date(), signed_by_name="N. Lefèvre", by=lead, at=at
    )
    titles.withdraw(
        title=titles.grant(candidacy=candidacy, **by),
        reason="Manquement grave.",
        public_reason="Manquement grave.",
        **by,
    )


def kinds(module):
    return {
        f"{module.__name__}.{name}"
        for name, thing in vars(module).items()
        if callable(thing) and getattr(thing, "__module__", "") == module.__name__ and not name.startswith("_")
    }


def test_every_mail_is_sent_whole_and_leads_somewhere(at, client):
    live(at)
    sent, built = set(), {}
    for one in Mail.objects.select_related("to_user"):
        message = notifications.build(one)
        sent.add(one.kind)
        if message is not None:
            built.setdefault(one.kind, (one.to_user, message))
    assert sent == kinds(of_candidacies) | kinds(of_decisions) | kinds(of_titles)

    for kind, (person, message) in built.items():
        for words in (message.subject, message.text, message.html):
            assert "{{" not in words, kind
            assert "{%" not in words, kind
            assert "None" not in words, kind
        assert NAME in message.subject, kind
        assert "&lt;" not in message.text, kind
        assert "&amp;" not in message.subject, kind
        assert "<les>" not in message.html, kind
        assert "\n" not in message.subject, kind
        address = re.search(r"https?://[^/]+(/\S+)", message.text).group(1)
        client.force_login(person)
        assert client.get(address).status_code == 200, (kind, address)
    assert len(built) >= len(sent) - 2  # the intention and the commission's day have been overtaken


def test_reasons_are_in_the_mail_of_the_decision(at):
    decision = decided(OutcomeKind.AWARD_WITH_RECOMMENDATIONS)
    message = of_decisions.decided(to=lead_of(decision.candidacy.organisation), decision=decision)
    for words in (message.text, message.html):
        for said in ("Une démarche solide, portée par les enfants.", "Associer les collèges.", "Publier le budget."):
            assert said in words


def test_promises_are_in_the_mail_of_a_probation(at):
    decision = decided(OutcomeKind.PROBATION)
    message = of_decisions.decided(to=national(Role.ADVISER), decision=decision)
    assert "Réunir le comité avec des enfants" in message.text
    assert "31 mai 2027" in message.text


def test_nothing_is_said_any_more_of_an_intention_already_confirmed():
    assert of_candidacies.intention_to_confirm(to=national(), candidacy=CandidacyFactory(status=Status.DRAFT)) is None
    assert mail.outbox == []
