"""Children's proposals as anyone reads them: the list, the thread, the child's page, the export; and the sheet that the
adult of the group brings back."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from marelle.accounts.queries import standing
from marelle.core.rules import require
from marelle.documents.spreadsheets import CSV, csv_of
from marelle.documents.typesetting import pdf
from marelle.participation.enums import Theme
from marelle.participation.forms.proposals import STATES, ProposalFilter
from marelle.participation.models import Proposal
from marelle.participation.queries import proposals as queries
from marelle.participation.queries.proposal_papers import HEADER, lines, sheet
from marelle.participation.queries.proposal_threads import PICTOS, for_children, thread_of
from marelle.participation.rules import proposals as rules

PER_PAGE = 20
NARROWS = ("territoire", "departement", "theme", "article")


@login_not_required
@require_safe
def proposals(request):
    """Everything children proposed, and what became of it."""
    today = timezone.localdate()
    form = ProposalFilter(request.GET, departements=queries.departements())
    asked = form.asked
    scope = queries.narrowed(Proposal.objects.all(), asked, on=today)
    state = asked.get("etat", "")
    rows = queries.with_all(queries.in_state(scope, state, on=today)).order_by("-made_on", "-pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    shown = list(page)
    supports = queries.supports(shown)
    place = asked.get("territoire") or asked.get("departement")
    return render(
        request,
        "participation/proposals/list.html",
        {
            "form": form,
            "page": page,
            "rows": [
                {
                    "proposal": one,
                    "is_overdue": one.is_overdue(today),
                    "picto": PICTOS[Theme(one.theme)],
                    "support": supports.get(one.pk, 0),
                }
                for one in shown
            ],
            "threshold": queries.SUPPORT_THRESHOLD,
            "counts": queries.counted(scope, on=today),
            "state": state,
            "states": [(key, label, _with(request, etat=key)) for key, label in STATES],
            "narrowed": any(asked.get(name) for name in NARROWS),
            "place": place,
            "export": _with(request) if place else "",
            "follows": bool(rules.can_follow(request.user)),
        },
    )


@login_not_required
@require_safe
def export(request):
    """The public proposals of one territory or département, for a spreadsheet."""
    today = timezone.localdate()
    asked = ProposalFilter(request.GET, departements=queries.departements()).asked
    if not (asked.get("territoire") or asked.get("departement")):
        return redirect("participation:proposals")
    scope = queries.narrowed(Proposal.objects.all(), asked, on=today)
    rows = queries.with_all(queries.in_state(scope, asked.get("etat", ""), on=today)).order_by("-made_on", "-pk")
    response = HttpResponse(csv_of([str(title) for title in HEADER], lines(rows, on=today)), content_type=CSV)
    response["Content-Disposition"] = f'attachment; filename="propositions-{today:%Y-%m-%d}.csv"'
    return response


@login_not_required
@require_safe
def proposal(request, public_id):
    """The thread, whole, for anyone. Before it is public, whoever may see it works on it."""
    proposal = _find(request, public_id)
    if proposal.made_on is None:
        return redirect("participation:proposal_work", public_id)
    thread = thread_of(proposal, on=timezone.localdate())
    context = {
        "thread": thread,
        "proposal": proposal,
        "threshold": queries.SUPPORT_THRESHOLD,
        "can_follow": _is_of(request.user, proposal),
        "can_print": rules.can_print(request.user, proposal),
    }
    return render(request, "participation/proposals/thread.html", context)


@login_not_required
@require_safe
def for_the_children(request, public_id):
    """The same thread, said with *tu* and with drawings."""
    proposal = get_object_or_404(_find_rows(request).exclude(made_on=None), public_id=public_id)
    thread = thread_of(proposal, on=timezone.localdate())
    context = {"thread": thread, "proposal": proposal, "parts": for_children(thread)}
    return render(request, "participation/proposals/children.html", context)


@require_safe
def paper(request, public_id):
    """The sheet for the class, made as it is read."""
    proposal = _find(request, public_id)
    require(rules.can_print(request.user, proposal))
    today = timezone.localdate()
    thread = thread_of(proposal.joined_to or proposal, on=today)
    content = pdf(
        "participation/typst/proposal.typ", sheet(thread, on=today), title=_("Ta proposition, et ce qu’elle devient")
    )
    headers = {
        "Content-Disposition": f'attachment; filename="proposition-{proposal.public_id}.pdf"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _find_rows(request):
    rows = Proposal.objects.visible_to(request.user)
    return queries.with_all(rows).select_related(
        "territory__departement", "organisation__territory", "box", "council", "session__consultation",
        "session__organisation", "joined_to__organisation", "joined_to__session",
    )  # fmt: skip


def _find(request, public_id):
    return get_object_or_404(_find_rows(request), public_id=public_id)


def _is_of(user, proposal):
    return proposal.organisation_id in standing(user).organisation_ids


def _with(request, **more):
    """The filters of the address, changed; back to the first page."""
    query = request.GET.copy()
    query.pop("page", None)
    for name, value in more.items():
        query[name] = value
        if not value:
            del query[name]
    return query.urlencode()
