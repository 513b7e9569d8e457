"""Where the editorial team reads what towns propose: the queue, one practice with its remarks, the decision."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from marelle.core.rules import Refused, require
from marelle.library.actions import practice_review as actions
from marelle.library.enums import PracticeState
from marelle.library.forms import practices as forms
from marelle.library.models import Practice
from marelle.library.queries import people, practice_texts
from marelle.library.queries import practices as queries
from marelle.library.rules import practices as rules
from marelle.library.rules.practices import Act

PER_PAGE = 30


@require_safe
def queue(request):
    """What waits, the longest first; then what towns are completing, and what is to be read again."""
    require(rules.can_review(request.user))
    today = timezone.localdate()
    waiting = Paginator(queries.queue(), PER_PAGE).get_page(request.GET.get("page"))
    others = Practice.objects.select_related("organisation__territory")
    context = {
        "page": waiting,
        "rows": [(one, (today - timezone.localdate(one.submitted_at)).days if one.submitted_at else None) for one in waiting],
        "returned": others.filter(state=PracticeState.RETURNED).order_by("state_since", "pk")[:PER_PAGE],
        "stale": others.filter(state=PracticeState.PUBLISHED, review_on__lt=today).order_by("review_on", "pk")[:PER_PAGE],
    }  # fmt: skip
    return render(request, "library/practices/queue.html", context)


@require_safe
def review(request, public_id):
    return _page(request, _find(request, public_id))


@require_POST
def hold(request, public_id):
    said = _("Vous relisez cette fiche\u202f: vos collègues le voient.")
    return _acted(request, public_id, actions.hold, said, from_another=request.POST.get("from_another") == "1")


@require_POST
def release(request, public_id):
    return _acted(request, public_id, actions.release, _("La fiche est de nouveau dans la file."))


@require_POST
def comment(request, public_id):
    form = forms.CommentForm(request.POST)
    if not form.is_valid():
        said = form.errors.get("text") or [_("Cette question n’existe pas dans la fiche.")]
        return _page(request, _find(request, public_id), comment_form=form, refusal=Refused(said[0]), status=422)
    field = form.cleaned_data["field"]
    return _acted(
        request, public_id, actions.comment, _("La remarque est écrite."), field=field, text=form.cleaned_data["text"],
        anchor=f"q-{field}" if field else "remarques", again={"comment_form": form},
    )  # fmt: skip


@require_POST
def send_back(request, public_id):
    form = forms.ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, _find(request, public_id), return_form=form, status=422)
    return _acted(
        request, public_id, actions.send_back, _("La fiche est renvoyée. Ses auteurs reçoivent vos remarques par courriel."),
        reason=form.cleaned_data["reason"], again={"return_form": form},
    )  # fmt: skip


@require_POST
def publish(request, public_id):
    form = forms.PublishForm(request.POST)
    if not form.is_valid():
        return _page(request, _find(request, public_id), publish_form=form, status=422)
    return _acted(
        request, public_id, actions.publish, _("La fiche est publique. Ses auteurs sont prévenus."), **form.cleaned_data,
        again={"publish_form": form},
    )  # fmt: skip


def _acted(
    request, public_id, action: Callable[..., Any], said: str, *, anchor: str = "", again: dict | None = None, **facts
):
    practice = _find(request, public_id)
    try:
        action(practice=practice, by=request.user, at=timezone.now(), **facts)
    except Refused as refusal:
        return _page(request, _find(request, public_id), refusal=refusal, status=409, **(again or {}))
    messages.success(request, said)
    here = redirect("library:practice_review", public_id)
    if anchor:
        here["Location"] += f"#{anchor}"
    return here


def _find(request, public_id) -> Practice:
    require(rules.can_review(request.user))
    rows = Practice.objects.worked_on_by(request.user).select_related(
        "organisation__territory__departement", "latest_revision", "live_revision", "locked_by", "contact", "written_by"
    )
    return get_object_or_404(rows, public_id=public_id)


def _page(request, practice: Practice, *, status=200, **more: Any):
    text = practice_texts.working(practice)
    before = practice_texts.read_before(practice)
    changed = {}
    if (before is not None and before is not practice) or practice.has_hidden_change:
        changed = {one.question.name: one for one in practice_texts.differences(before, text)} if before else {}
    threads = queries.threads(practice)
    user = request.user
    day = timezone.localdate() + actions.READ_AGAIN_AFTER
    context = {
        "practice": practice,
        "text": text,
        "parts": [
            (
                part,
                [
                    {
                        "question": question,
                        "said": said,
                        "change": changed.get(question.name),
                        "threads": [thread for thread in threads if thread[0].field == question.name],
                    }
                    for question, said in rows
                ],
            )
            for part, rows in practice_texts.answers(text)
        ],
        "whole": [thread for thread in threads if not thread[0].field],
        "open_remarks": sum(one.settled_at is None for one, _answers in threads),
        "changed": changed,
        "compared": before,
        "may": {act.value: rules.can(user, act, practice) for act in Act},
        "can_hold": rules.can_hold(user, practice),
        "can_return": rules.can_decide(user, Act.RETURN, practice),
        "can_publish": rules.can_decide(user, Act.PUBLISH, practice),
        "alike": queries.alike(text.title, besides=practice),
        "missing": practice_texts.missing(text),
        "contact": getattr(practice, "contact", None),
        "comment_form": forms.CommentForm(),
        "return_form": forms.ReasonForm(),
        "publish_form": forms.PublishForm(initial={"review_on": day, "seen": practice_texts.fingerprint_of(text)}),
        "archive_form": forms.ReasonForm(),
        "history": people.history(practice),
        "refusal": None,
        "waiting_for": timezone.now() - practice.submitted_at if practice.submitted_at else timedelta(0),
        **more,
    }
    return render(request, "library/practices/review.html", context, status=status)
