"""Mails about children's proposals, to the adults who tell the children or who owe them an answer. A few sentences and
one link, the same words making the text and the HTML. Built when they are sent: what was taken back is not told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marelle.accounts.enums import SUBMITS_FILE
from marelle.accounts.models import Organisation
from marelle.accounts.queries import standing
from marelle.notifications.messages import Email
from marelle.participation.enums import ProposalState, StepKind
from marelle.participation.models import Proposal
from marelle.participation.queries.proposals import DAYS_BEFORE, brings_the_sheet
from marelle.ui.components.words import day_in_words


def proposal_to_word(*, to: Any, proposal: Proposal) -> Email | None:
    """To the collectivité: children propose something, it waits for your eyes."""
    if proposal.state != ProposalState.DRAFT or not _works_for(to, proposal):
        return None
    return _mail(
        _("Des enfants proposent\u202f: à relire"),
        _("Une proposition est arrivée pour {place}. Relisez ses mots, puis rendez-la publique\u202f: les enfants sauront "
          "qu’elle est bien reçue.").format(place=proposal.organisation),
        quote=proposal.wording,
        button=_("Relire la proposition"),
        url=_link("proposal_work", proposal),
    )  # fmt: skip


def proposal_opened(*, to: Any, proposal: Proposal) -> Email | None:
    """To the adult of the group: it is public, here is until when the answer is owed."""
    if proposal.state != ProposalState.MADE or proposal.due_on is None:
        return None
    return _mail(
        _("La proposition de votre groupe est publique"),
        _("{place} a reçu la proposition et doit répondre avant le {day}. Dites-le aux enfants\u202f: la page ci-dessous "
          "leur est ouverte.").format(place=proposal.organisation, day=day_in_words(proposal.due_on)),
        quote=proposal.wording,
        button=_("Voir le fil de la proposition"),
        url=_link("proposal", proposal),
    )  # fmt: skip


def proposal_to_answer(*, to: Any, proposal: Proposal) -> Email | None:
    """To those who engage the collectivité: an answer is owed, by a day."""
    if proposal.state != ProposalState.MADE or not _works_for(to, proposal):
        return None
    if proposal.made_on is None or proposal.due_on is None:
        return None
    return _mail(
        _("Des enfants attendent votre réponse"),
        _("Leur proposition est publique depuis le {made}. La réponse est due avant le {due}, oui ou non, avec des "
          "mots pour eux.").format(made=day_in_words(proposal.made_on), due=day_in_words(proposal.due_on)),
        quote=proposal.wording,
        button=_("Répondre aux enfants"),
        url=_link("proposal_work", proposal),
    )  # fmt: skip


def proposal_answered(*, to: Any, proposal: Proposal) -> Email | None:
    """An answer was given: yes and for when, or not possible and why; the sheet for the class is ready."""
    if proposal.state not in {ProposalState.ANSWERED, ProposalState.IMPOSSIBLE}:
        return None
    if proposal.planned_for is None:
        said = _("{who} répond que ce n’est pas possible, et dit pourquoi.").format(who=proposal.answered_by)
    else:
        said = _("{who} répond oui. C’est prévu pour le {day}.").format(
            who=proposal.answered_by, day=day_in_words(proposal.planned_for)
        )
    return _mail(
        _("Une réponse aux enfants"),
        _("«\u202f{wording}\u202f»").format(wording=proposal.wording),
        said,
        *_about_the_sheet(to, proposal),
        quote=proposal.answer,
        lines=_sheet(to, proposal),
        button=_("Voir le fil de la proposition"),
        url=_link("proposal", proposal),
    )


def proposal_done(*, to: Any, proposal: Proposal) -> Email | None:
    if proposal.state != ProposalState.DONE or proposal.done_on is None:
        return None
    return _mail(
        _("La proposition des enfants est réalisée"),
        _("«\u202f{wording}\u202f»").format(wording=proposal.wording),
        _("C’est fait depuis le {day}.").format(day=day_in_words(proposal.done_on)),
        *_about_the_sheet(to, proposal),
        quote=proposal.done_note,
        lines=_sheet(to, proposal),
        button=_("Voir le fil de la proposition"),
        url=_link("proposal", proposal),
    )


def proposal_withdrawn(*, to: Any, proposal: Proposal) -> Email | None:
    """To the adult of the group: taken back, and why."""
    step = proposal.steps.filter(kind=StepKind.WITHDRAWN).last()
    if proposal.state != ProposalState.WITHDRAWN or step is None:
        return None
    url = _link("proposal" if proposal.made_on else "proposal_work", proposal)
    return _mail(
        _("La proposition de votre groupe est retirée"),
        _("«\u202f{wording}\u202f»").format(wording=proposal.wording),
        _("Voici le motif donné\u202f:"),
        quote=step.text,
        button=_("Voir la proposition"),
        url=url,
    )


def proposals_owed(*, to: Any, organisation: Organisation) -> Email | None:
    """One mail for all the answers that a collectivité owes soon, or owes already. Nothing when all were given."""
    today = localdate()
    if not standing(to).has_role_in(organisation, SUBMITS_FILE):
        return None
    rows = Proposal.objects.filter(organisation=organisation, state=ProposalState.MADE, joined_to__isnull=True)
    owed = list(rows.filter(due_on__lte=today + timedelta(days=DAYS_BEFORE)).order_by("due_on", "pk"))
    if not owed:
        return None
    late = sum(one.is_overdue(today) for one in owed)
    if late:
        subject = ngettext(
            "{place}\u202f: {n} réponse en retard aux enfants",
            "{place}\u202f: {n} réponses en retard aux enfants",
            late,
        )
    else:
        subject = ngettext(
            "{place}\u202f: {n} réponse attendue par des enfants", "{place}\u202f: {n} réponses attendues par des enfants",
            len(owed),
        )  # fmt: skip
    return _mail(
        subject.format(place=organisation, n=late or len(owed)),
        _("Ils ont proposé, et le jour promis est proche ou passé. Un non expliqué vaut mieux que le silence."),
        lines=[
            {
                "label": one.wording,
                "url": _link("proposal_work", one),
                "text": (_("en retard, attendue le {day}") if one.is_overdue(today) else _("avant le {day}")).format(
                    day=day_in_words(one.due_on)
                ),
            }
            for one in owed
            if one.due_on
        ],
        button=_("Toutes vos propositions à suivre"),
        url=settings.SITE_URL + reverse("participation:proposals_desk"),
    )


def _works_for(to: Any, proposal: Proposal) -> bool:
    """Whoever left the collectivité between the act and the mail is no longer told."""
    return proposal.organisation_id in standing(to).organisation_ids


def _sheet(to: Any, proposal: Proposal) -> list[dict[str, str]]:
    if not brings_the_sheet(to, proposal):
        return []
    return [{"label": _("La fiche à afficher en classe (PDF)"), "url": _link("proposal_sheet", proposal), "text": ""}]


def _about_the_sheet(to: Any, proposal: Proposal) -> list[str]:
    return [_("Une fiche à lire avec les enfants est prête.")] if brings_the_sheet(to, proposal) else []


def _link(name: str, proposal: Proposal) -> str:
    return settings.SITE_URL + reverse(f"participation:{name}", args=[proposal.public_id])


def _mail(
    subject: str, *paragraphs: str, button: str, url: str, quote: str = "", lines: Sequence[dict[str, str]] = ()
) -> Email:
    context = {
        "subject": subject, "paragraphs": paragraphs, "quote": quote, "lines": lines, "button": button, "url": url,
    }  # fmt: skip
    return Email.from_templates("participation/emails/proposal", context)
