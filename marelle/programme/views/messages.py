"""The exchange on a file: one page for both sides."""

from __future__ import annotations

from django.contrib import messages as flash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marelle.core.rules import Refused, require
from marelle.documents.responses import serve
from marelle.programme.actions import messages as actions
from marelle.programme.forms.instruction import MessageForm
from marelle.programme.models import Candidacy, Message
from marelle.programme.queries.hats import remember_hats
from marelle.programme.queries.places import labels_of
from marelle.programme.queries.replies import reply_address
from marelle.programme.queries.waiting import awaited
from marelle.programme.rules import messages as rules

from .review import found


@require_http_methods(["GET", "HEAD", "POST"])
def messages(request: HttpRequest, public_id: str) -> HttpResponse:
    candidacy = found(request, public_id)
    require(rules.can_read(request.user, candidacy))
    if request.method != "POST":
        form = MessageForm(candidacy=candidacy, initial={"question": request.GET.get("question", "")[:60]})
        return _page(request, candidacy, form)
    form = MessageForm(request.POST, request.FILES, candidacy=candidacy)
    if not form.is_valid():
        return _page(request, candidacy, form, status=422)
    try:
        message = actions.write(
            candidacy=candidacy, text=form.cleaned_data["text"], question=form.cleaned_data["question"],
            upload=form.cleaned_data["file"], by=request.user, at=timezone.now(),
        )  # fmt: skip
    except Refused as refusal:
        return _page(request, candidacy, form, refusal=refusal)
    flash.success(request, _("Votre message est parti."))
    return redirect(reverse("programme:messages", args=[public_id]) + f"#message-{message.public_id}")


@require_POST
def settle(request: HttpRequest, public_id: str, message_id: str) -> HttpResponse:
    candidacy = found(request, public_id)
    message = _message(candidacy, message_id)
    try:
        actions.settle(message=message, by=request.user, at=timezone.now())
    except Refused as refusal:
        return _page(request, candidacy, MessageForm(candidacy=candidacy), refusal=refusal)
    return redirect("programme:messages", public_id)


@require_safe
def document(request: HttpRequest, public_id: str, message_id: str) -> HttpResponse:
    candidacy = found(request, public_id)
    require(rules.can_read(request.user, candidacy))
    message = _message(candidacy, message_id)
    if message.file is None:
        raise Http404
    return serve(message.file)


def _message(candidacy: Candidacy, message_id: str) -> Message:
    return get_object_or_404(candidacy.messages.select_related("file", "candidacy"), public_id=message_id)


def _page(
    request: HttpRequest, candidacy: Candidacy, form: MessageForm, *, refusal: Refused | None = None, status: int = 200
) -> HttpResponse:
    hats = remember_hats(request.user, candidacy)
    found_messages = list(candidacy.messages.select_related("by", "file"))
    labels = labels_of(candidacy)
    waiting = awaited(found_messages)
    if waiting:
        waiting.candidacy = candidacy
    context = {
        "candidacy": candidacy,
        "hats": hats,
        "thread": [(message, labels.get(message.question, "")) for message in found_messages],
        "waiting": waiting,
        "can_settle": rules.can_settle(request.user, waiting) if waiting else None,
        "can_write": rules.can_write(request.user, candidacy),
        "side": rules.side_of(hats),
        "by_mail": bool(reply_address(candidacy, request.user)),
        "form": form,
        "refusal": refusal,
    }
    return render(request, "programme/messages/messages.html", context, status=status)
