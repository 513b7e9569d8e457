"""What a child's browser asks for. Nobody is signed in: no cookie, no session, no name, no address kept.

The views that take answers are `csrf_exempt`: a forged request gains nothing, because nothing ambient authorises it
(no cookie is read). What authorises is in the sending itself: the station's code, and the ticket.
"""

from __future__ import annotations

import re
from functools import lru_cache, wraps

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from marelle.ballots import rules
from marelle.ballots.actions import casting
from marelle.ballots.enums import Mode
from marelle.ballots.paper import Unreadable
from marelle.core.rules import Refused
from marelle.documents.models import File
from marelle.documents.responses import play
from marelle.participation.actions import answers
from marelle.participation.forms import children as forms
from marelle.participation.queries import children as queries

from . import kept, screens
from .limits import Crowded, Guessing, an_unknown_code, from_this_address

STATUS = {
    casting.TicketRefused: (409, "ticket"),
    casting.NoSlotLeft: (409, "full"),
    casting.Shut: (410, "shut"),
    casting.TooManyTries: (429, "tries"),
    Crowded: (429, "crowded"),
}
"""How each refusal is answered, and its name for the page's script."""


def _child(view):
    """A door of children: open to all, never indexed, its address not told to other sites."""

    @wraps(view)
    def opened(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response.headers.setdefault("X-Robots-Tag", "noindex")
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return login_not_required(opened)


def _page(request, name, *, status=200, **facts):
    """One of the small pages, kept as bytes like the others. `facts` are few: they are the key."""
    key = (name, *sorted(facts.items()))
    made = kept.page(
        key,
        lambda: render_to_string(name, {**screens.dress(), "language": "fr", **facts}),
    )
    return kept.answer(request, made, status=status)


def _clean(code: str) -> str:
    """As typed by a child: capitals, spaces, dashes."""
    return re.sub(r"[\s._-]+", "", code).lower()[:12]


# --- The code on the wall ----------------------------------------------------------------------------------


@_child
@require_safe
def door(request):
    """Type the code; no list of what is open."""
    code = _clean(request.GET.get("code", ""))
    if code and code.isalnum():
        return HttpResponseRedirect(reverse("participation:child_session", args=[code]))
    return _page(request, "participation/child/door.html")


def _unknown(request, code):
    """A code that opens nothing: kindly at first, then no longer looked at so closely."""
    try:
        an_unknown_code(request)
    except Guessing as refused:
        return _json_or(request, 429, "unknown", refused.reason) or _over(request, refused.reason, status=429)
    if answer := _json_or(request, 404, "unknown", _("Ce code n’existe pas.")):
        return answer
    html = render_to_string("participation/child/door.html", {**screens.dress(), "language": "fr", "unknown": code})
    return HttpResponse(html, status=404)


def _over(request, reason, *, status=410):
    return _page(request, "participation/child/over.html", status=status, reason=str(reason))


# --- The page ----------------------------------------------------------------------------------------------


@csrf_exempt  # see the module's first lines
@_child
def session(request, code):
    """The whole page of a session, and what it sends back."""
    station = queries.station_of(_clean(code))
    asked = station and queries.asked(station)
    if asked is None:
        return _unknown(request, code)
    if request.method == "POST":
        return _take(request, station, asked)
    if request.method not in {"GET", "HEAD"}:
        return HttpResponse(status=405, headers={"Allow": "GET, HEAD, POST"})
    if station.mode == Mode.PAPER:
        return _over(request, _("Ici, on répond sur une feuille de papier. Demande-la à l’adulte."))
    if not (may := rules.can_begin(station, at=timezone.now())):
        return _over(request, may.reason)
    return kept.answer(request, _session_page(station, asked, request.GET.get("l", "fr")))


def _session_page(station, asked, language):
    questions = queries.questionnaire(station)
    language = language if language in questions.languages else questions.languages[0]
    key = (asked, station.mode, language)  # nothing of this one station: its address is relative
    return kept.page(key, lambda: _written(station, asked, questions, language, kept.HERE))


def _written(station, asked, questions, language, sending, **more):
    context = screens.context(
        station,
        asked,
        questions,
        language=language,
        sending=sending,
        **more,
    )
    with override(language):
        return render_to_string("participation/child/session.html", context)


# --- What it sends -----------------------------------------------------------------------------------------


def _take(request, station, asked):
    questions = queries.questionnaire(station)
    typed = {}
    try:
        body = _body(request)
        if forms.is_json(request.content_type):
            filled = forms.read_json(body, questions)
        else:
            typed = forms.fields_of(body, request.content_type)
            filled = forms.read_form(typed, questions)
        if station.mode == Mode.LINK:
            from_this_address(request)
        sent = answers.send(
            station=station,
            answers=filled.answers,
            words=filled.words,
            sending=filled.sending,
            ticket=filled.ticket,
            at=timezone.now(),
        )
    except Unreadable:
        reason = _("Ta page est abîmée. Recharge-la, ou demande à l’adulte.")
        return _json_or(request, 400, "unreadable", reason) or _page(
            request, "participation/child/over.html", status=400, reason=reason
        )
    except forms.Mistake as mistake:
        return _again(request, station, asked, typed, 422, "mistake", mistake.reason, mistake.screen)
    except Refused as refused:
        status, name = STATUS.get(type(refused), (409, "refused"))
        screen = {"ticket": "t0", "tries": "t0"}.get(name, "envoyer")
        needs_help = answers.hear_although_refused(station=station, words=filled.words, at=timezone.now())
        return _again(request, station, asked, typed, status, name, refused.reason, screen, needs_help=needs_help)
    if _wants_json(request):
        # 0 or 1: as long as each other, for who measures what passes without reading it.
        return JsonResponse({"ok": True, "help": int(sent.needs_help)})
    if sent.needs_help:  # Answered in place: no address on a shared tablet tells the next child.
        return _page(request, "participation/child/thanks.html", back="./", needs_help=True)
    return HttpResponseRedirect(_thanks_of(station.code), status=303)


@lru_cache(maxsize=2000)
def _thanks_of(code):
    return reverse("participation:child_thanks", args=[code])


def _again(request, station, asked, typed, status, name, reason, screen, *, needs_help=False):
    """The page again, everything in its place, with what to do; or the same for the script."""
    if answer := _json_or(request, status, name, reason, screen, needs_help):
        return answer
    questions = queries.questionnaire(station)
    language = typed.get("l", ["fr"])[0]
    language = language if language in questions.languages else questions.languages[0]
    html = _written(
        station,
        asked,
        questions,
        language,
        typed["sending"][0],
        typed=typed,
        problem=reason,
        problem_screen=screen,
        needs_help=needs_help,
    )
    return HttpResponse(html, status=status)


def _body(request) -> bytes:
    """At most `LARGEST` bytes, whatever the request announces."""
    body = request.read(forms.LARGEST + 1)
    if len(body) > forms.LARGEST:
        raise Unreadable("too large")
    return body


def _wants_json(request) -> bool:
    return forms.is_json(request.content_type) or "application/json" in request.headers.get("Accept", "")


def _json_or(request, status, name, reason, screen="", needs_help=False):
    """The refusal for the page's script; None when a browser asks without it."""
    if not _wants_json(request):
        return None
    return JsonResponse(
        {"ok": False, "why": name, "say": str(reason), "screen": screen, "help": int(needs_help)}, status=status
    )


@csrf_exempt  # see the module's first lines
@_child
@require_POST
def ticket(request, code):
    """Whether this ticket would work, before ten questions are answered for nothing."""
    station = queries.station_of(_clean(code))
    if station is None:
        return _unknown(request, code)
    if station.mode != Mode.TICKETS:
        raise Http404
    try:
        typed = forms.fields_of(_body(request), request.content_type)
        drawn = forms.ticket_of(" ".join(typed.get("ticket", [])))
        works = casting.try_ticket(station=station, ticket=drawn, at=timezone.now())
    except Unreadable:
        return _json_or(request, 400, "unreadable", "") or HttpResponse(status=400)
    except casting.TooManyTries as refused:
        return JsonResponse({"ok": False, "why": "tries", "say": refused.reason}, status=429)
    return JsonResponse({"ok": works})


@_child
@require_safe
def thanks(request, code):
    """After sending. Says the same to everyone, and does not look whether the code exists."""
    return _page(request, "participation/child/thanks.html", back="../")


@_child
@require_safe
def help(request):
    """119 and 3018, and what happens when one calls."""
    return _page(request, "participation/child/help.html")


# --- Beside the page ---------------------------------------------------------------------------------------


@_child
@require_safe
def sound(request, code, question, language):
    """The recorded voice of a question, if this station asks it."""
    station = queries.station_of(_clean(code))
    if station is None or queries.asked(station) is None:
        return _unknown(request, code)
    found = queries.questionnaire(station).questions.get(question)
    if found is None or not found.audio.get(language):
        raise Http404
    file = get_object_or_404(File, public_id=found.audio[language], mime__startswith="audio/")
    response = play(request, file)
    response.headers["Cache-Control"] = "private, max-age=86400"
    return response


@login_not_required
@require_safe
def service_worker(request):
    """Keeps the opened page for when the network goes. Its scope is `/s/`, where only children come."""
    made = kept.page(
        "sw",
        lambda: render_to_string(
            "participation/child/sw.js",
            {"files": [static(name) for name in ("participation/child.css", "participation/child.js")]},
        ),
    )
    response = HttpResponse(made.before, content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    return response
