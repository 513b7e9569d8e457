"""Where a collectivité words what children propose, answers, and says what was done; and where it is carried from."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marelle.accounts.enums import WRITES_FILE
from marelle.accounts.models import User
from marelle.accounts.queries import standing
from marelle.audit.queries import actors_of, history_of
from marelle.ballots.queries.stations import statements
from marelle.core.rules import NotNow, Refused, require
from marelle.participation.actions import proposal_support as support
from marelle.participation.actions import proposals as actions
from marelle.participation.enums import AgeBand, ProposalState
from marelle.participation.forms import proposals as forms
from marelle.participation.models import Consultation, Council, Proposal, Session
from marelle.participation.queries import proposals as queries
from marelle.participation.queries.proposal_threads import thread_of
from marelle.participation.rules import proposals as rules
from marelle.participation.rules.proposals import Act


@require_safe
def desk(request):
    """What waits: to word, to answer, to carry out."""
    require(rules.can_follow(request.user))
    today, who = timezone.localdate(), standing(request.user)
    mine = [m.organisation for m in who.memberships if m.role in WRITES_FILE]
    found = queries.to_follow({one.pk for one in mine}, on=today)
    scope = Proposal.objects.filter(organisation__in=[one.pk for one in mine])
    context = {
        "drafts": found[ProposalState.DRAFT],
        "owed": [(one, one.is_overdue(today)) for one in found[ProposalState.MADE]],
        "promised": [(one, bool(one.planned_for and one.planned_for < today)) for one in found[ProposalState.ANSWERED]],
        "counts": queries.counted(scope, on=today),
        "delay": queries.median_delay(scope),
        "many": len({one.pk for one in mine}) > 1,
        "mine": mine,
        "days": _days(),
    }
    return render(request, "participation/proposals/desk.html", context)


@require_safe
def work(request, public_id):
    return _page(request, _find(request, public_id))


@require_POST
def word(request, public_id):
    proposal = _find(request, public_id)
    form = _word_form(proposal, request.POST)
    return _acted(
        request, proposal, "word_form", form,
        lambda: actions.word(
            proposal=proposal, **form.said, reason=form.cleaned_data.get("reason", ""), **_now(request)
        ),
        _("Les mots sont enregistrés."),
    )  # fmt: skip


@require_POST
def publish(request, public_id):
    """The words as they stand on the page are saved, then made public: nobody publishes what they no longer see."""
    proposal = _find(request, public_id)
    form = _word_form(proposal, request.POST)

    def act():
        if proposal.state == ProposalState.DRAFT:
            actions.word(proposal=proposal, **form.said, **_now(request))
        actions.publish(proposal=proposal, **_now(request))

    return _acted(
        request, proposal, "word_form", form, act,
        _("La proposition est publique. L’adulte du groupe est prévenu, et la réponse est attendue dans {days} jours.")
        .format(days=_days()),
    )  # fmt: skip


@require_POST
def answer(request, public_id):
    proposal = _find(request, public_id)
    form = forms.AnswerForm(proposal.state, request.POST)

    def act():
        given = {name: form.cleaned_data[name] for name in ("text", "simple", "answered_by")}
        if form.cleaned_data["outcome"] == forms.YES:
            actions.answer(proposal=proposal, planned_for=form.cleaned_data["planned_for"], **given, **_now(request))
        else:
            actions.decline(proposal=proposal, **given, **_now(request))

    said = _("La réponse est publique. L’adulte du groupe reçoit la fiche à lire avec les enfants.")
    return _acted(request, proposal, "answer_form", form, act, said)


@require_POST
def finish(request, public_id):
    proposal = _find(request, public_id)
    form = forms.DoneForm(request.POST)
    return _acted(
        request, proposal, "done_form", form,
        lambda: actions.finish(proposal=proposal, **form.cleaned_data, **_now(request)),
        _("C’est noté\u202f: réalisée. L’adulte du groupe le dira aux enfants."),
    )  # fmt: skip


@require_POST
def withdraw(request, public_id):
    proposal = _find(request, public_id)
    form = forms.ReasonForm(request.POST)
    return _acted(
        request, proposal, "withdraw_form", form,
        lambda: actions.withdraw(proposal=proposal, reason=form.cleaned_data["reason"], **_now(request)),
        _("La proposition est retirée. Le motif reste écrit."),
    )  # fmt: skip


@require_POST
def join(request, public_id):
    proposal = _find(request, public_id)
    form = forms.JoinForm(queries.join_choices(proposal), request.POST)
    return _acted(
        request, proposal, "join_form", form,
        lambda: actions.join(proposal=proposal, into=form.other, **_now(request)),
        _("Les deux propositions sont réunies\u202f: une seule réponse vaudra pour les deux."),
    )  # fmt: skip


@require_POST
def separate(request, public_id):
    proposal = _find(request, public_id)
    return _acted(
        request, proposal, "", None,
        lambda: actions.separate(proposal=proposal, **_now(request)),
        _("Les deux propositions sont séparées\u202f: chacune attend sa réponse."),
    )  # fmt: skip


@require_POST
def open_support(request, public_id):
    proposal = _find(request, public_id)
    return _acted(
        request, proposal, "", None,
        lambda: support.open_support(proposal=proposal, **_now(request)),
        _("Le vote de soutien est ouvert. Faites voter un premier groupe."),
    )  # fmt: skip


@require_POST
def open_group(request, public_id):
    proposal = _find(request, public_id)
    form = forms.SupportGroupForm(request.POST)

    def act():
        given = dict(form.cleaned_data)
        evening = given.pop("closes_on")
        closes_at = timezone.make_aware(datetime.combine(evening, time(23, 59))) if evening else None
        support.open_group(proposal=proposal, closes_at=closes_at, **given, **_now(request))

    return _acted(request, proposal, "group_form", form, act, _("Le groupe peut voter\u202f: donnez-lui le code."))


@require_POST
def close_support(request, public_id):
    proposal = _find(request, public_id)
    return _acted(
        request, proposal, "", None,
        lambda: support.close_support(proposal=proposal, **_now(request)),
        _("Le vote de soutien est clos, et compté."),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def from_session(request, public_id):
    """Directly from what a group said, with its adult."""
    rows = Session.objects.visible_to(request.user).filter(consultation__isnull=False)
    rows = rows.select_related("station__territory", "consultation__organisation__territory", "organisation")
    session = get_object_or_404(rows, station__public_id=public_id)
    organisation = queries.who_answers(session)
    # The session's own name may hold a teacher's: it is not proposed to the public.
    station = session.station
    group = f"{station.get_gathering_display()}"
    if station.age_band in AgeBand.values:
        group += f", {AgeBand(station.age_band).label}"
    given = {"age_band": station.age_band, "group_name": group.capitalize()}
    form = forms.WordForm(request.POST or None, initial=given)
    return _carry(
        request, form, organisation, rules.can_propose(request.user, organisation, session=session), session.title,
        lambda: {"session": session, "organisation": organisation}, session=session,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def from_council(request, public_id):
    """From a meeting of a council of children or young people."""
    council = get_object_or_404(
        Council.objects.visible_to(request.user).select_related("organisation__territory"), public_id=public_id
    )
    form = forms.WordForm(request.POST or None, initial={"group_name": council.name})
    may = rules.can_propose(request.user, council.organisation)
    return _carry(
        request, form, council.organisation, may, council.name,
        lambda: {"council": council, "organisation": council.organisation}, council=council,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def from_verbatims(request, public_id):
    """From words that a moderator approved; `?paroles=` ticks those one came with."""
    consultation = get_object_or_404(
        Consultation.objects.visible_to(request.user).select_related("organisation__territory"), public_id=public_id
    )
    if not standing(request.user).memberships:
        raise Http404
    asked = (request.POST if request.method == "POST" else request.GET).getlist("paroles")
    chosen = [one for one in asked if one.isalnum()]  # A NUL never reaches the database.
    words = queries.words_of(consultation, request.user, chosen=chosen)
    ticked = [one.public_id for one in words if one.public_id in chosen]
    given: dict[str, Any] = {"paroles": ticked}
    if len(ticked) == 1:
        given["wording"] = next(one.wording for one in words if one.public_id == ticked[0])[:300]
    form = forms.FromWordsForm(request.POST or None, words=words, initial=given)
    organisation = queries.who_answers(words[0].session) if words else None

    def facts():
        return {"verbatims": form.chosen, "organisation": queries.who_answers(form.chosen[0].session)}

    may = rules.can_propose(
        request.user, organisation, session=words[0].session if words else None, source=consultation
    )
    return _carry(
        request, form, organisation, may if words else True, consultation.title, facts, consultation=consultation,
        words=words,
    )  # fmt: skip


def _carry(request, form, organisation, may, source, facts, **context):
    refusal = None
    if request.method == "POST":
        require_yours(may)
        if form.is_valid():
            try:
                proposal = actions.propose(**facts(), **form.said, **_now(request))
            except Refused as refused:
                refusal = refused
            else:
                messages.success(request, _said_of(request, proposal))
                return redirect("participation:proposal_work", proposal.public_id)
    elif not isinstance(may, NotNow):
        require(may)
    context |= {
        "form": form, "organisation": organisation, "may": may, "source": source, "refusal": refusal, "days": _days(),
    }  # fmt: skip
    return render(request, "participation/proposals/new.html", context, status=422 if form.errors else 200)


def require_yours(may):
    """A 403 for whoever has no business here; « not now » is said by the action, on the page."""
    if not may and not isinstance(may, NotNow):
        require(may)


def _said_of(request, proposal):
    if standing(request.user).has_role_in(proposal.organisation, WRITES_FILE):
        return _("La proposition est enregistrée. Relisez ses mots, puis rendez-la publique.")
    return _(
        "C’est envoyé à {place}, qui relit les mots puis rend la proposition publique. Vous serez prévenu·e."
    ).format(place=proposal.organisation)


def _find(request, public_id):
    """Those who answer, and the adults of the group: whoever reads only what is public has the public page."""
    rows = Proposal.objects.visible_to(request.user).select_related(
        "organisation", "territory__departement", "box", "joined_to__organisation", "joined_to__session", "council",
        "session__station", "session__consultation", "session__organisation", "created_by",
    )  # fmt: skip
    proposal = get_object_or_404(rows, public_id=public_id)
    if not queries.brings_the_sheet(request.user, proposal):
        raise Http404
    return proposal


def _word_form(proposal, data, **options):
    """Once it is public, why the words change is asked too."""
    if proposal.is_public:
        return forms.CorrectForm(data, wording=proposal.wording, **options)
    return forms.WordForm(data, **options)


def _now(request):
    return {"by": request.user, "at": timezone.now()}


def _days():
    return settings.PROPOSAL_ANSWER_DAYS


def _acted(request, proposal, name, form, act, said):
    """One action; the page again with its reason when refused, nothing typed lost; else back to the page."""
    refusal = None
    if form is None or form.is_valid():
        try:
            act()
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, said)
            return redirect("participation:proposal_work", proposal.public_id)
    proposal = _find(request, proposal.public_id)
    given = {name: form} if form is not None else {}
    return _page(request, proposal, refusal=refusal, status=422 if form is not None and form.errors else 200, **given)


def _page(request, proposal, *, refusal=None, status=200, **given):
    today, user = timezone.localdate(), request.user
    words = {name: getattr(proposal, name) for name in forms.WordForm.base_fields}
    groups = list(proposal.box.stations.order_by("opened_at", "pk")) if proposal.box else []
    counts = statements(groups) if groups else {}
    context = {
        "proposal": proposal,
        "thread": thread_of(proposal, on=today),
        "may": {str(act): rules.can(user, act, proposal) for act in Act},
        "can_withdraw": rules.can_withdraw(user, proposal),
        "can_join": rules.can_join(user, proposal, None),
        "can_separate": rules.can_separate(user, proposal),
        "can_open_support": rules.can_open_support(user, proposal),
        "can_run_support": rules.can_run_support(user, proposal),
        "can_print": rules.can_print(user, proposal),
        "word_form": _word_form(proposal, None, initial=words),
        "answer_form": forms.AnswerForm(proposal.state, initial={"answered_by": proposal.answered_by}),
        "done_form": forms.DoneForm(initial={"done_on": today}),
        "withdraw_form": forms.ReasonForm(),
        "join_form": forms.JoinForm(queries.join_choices(proposal)[:100]),
        "group_form": forms.SupportGroupForm(),
        "groups": [(one, counts[one.pk]) for one in groups],
        "site": request.build_absolute_uri("/s/"),
        "history": history_of(
            proposal, names={u.public_id: str(u) for u in User.objects.filter(public_id__in=actors_of(proposal))}
        ),
        "threshold": queries.SUPPORT_THRESHOLD,
        "days": _days(),
        "refusal": refusal,
        "is_of": proposal.organisation_id in standing(user).organisation_ids,
    } | given
    return render(request, "participation/proposals/work.html", context, status=status)
