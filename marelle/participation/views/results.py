"""What children said, for everyone: the page, the words, the page for children."""

from __future__ import annotations

from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

import segno
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import caches
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from marelle.audit.queries import last_number
from marelle.ballots.enums import Scope
from marelle.participation.actions import results as actions
from marelle.participation.enums import Level
from marelle.participation.forms.results import ReasonForm, WordsFilter
from marelle.participation.models import Publication
from marelle.participation.queries import published_words
from marelle.participation.queries import results as queries
from marelle.participation.rules import results as rules
from marelle.territories.words import folded

from .results_finding import Found, find, shown_or_404

SCOPES = {Scope.DEPARTEMENT.value, Scope.EPCI.value, Scope.COMMUNE.value}
KEPT = 24 * 3600
LISTED = 30
PER_PAGE = 50


@login_not_required
@require_safe
def page(request: HttpRequest, public_id: str) -> HttpResponse:
    """Figures, always with what they count; by age, by place, by kind of gathering.

    A visitor without a session reads what another read since the last thing done (the log's last number), that day.
    """
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        return results_page(request, find(request, public_id))
    asked = [public_id, *(request.GET.get(name, "") for name in ("lieu", "par", "ville"))]
    number = last_number()
    about = repr((asked, get_language(), timezone.localdate(), number))
    key = "results:page:" + sha256(about.encode()).hexdigest()
    kept = caches["local"].get(key)
    if kept is None:
        response = results_page(request, find(request, public_id), number=number)
        if response.status_code != 200:
            return response
        kept = response.content
        caches["local"].set(key, kept, timeout=3600)
    response = HttpResponse(kept)
    patch_vary_headers(response, ["Cookie"])
    return response


def results_page(
    request: HttpRequest,
    found: Found,
    *,
    refused: Any = None,
    form: ReasonForm | None = None,
    number: int | None = None,
) -> HttpResponse:
    """The page again, with what was refused."""
    consultation = found.consultation
    context: dict[str, Any] = {
        "consultation": consultation,
        "found": found,
        "today": timezone.localdate(),
        "is_overdue": consultation.is_overdue(timezone.localdate()),
        "refused": refused,
        "reason_form": form or ReasonForm(),
    }
    if found.tends:
        context["can_prepare"] = rules.can_prepare(
            request.user,
            consultation,
            ballots=queries.ballots_of(consultation),
            current=found.current,
            prepared=found.prepared,
        )
        if consultation.level == Level.NATIONAL and found.prepared is None:
            context["preparing"] = queries.preparing(consultation, actions.WORK)
        context["waiting_words"] = published_words.waiting(consultation)
    if found.shown is None:
        return render(request, "participation/results/none_yet.html", context, status=409 if refused else 200)
    scope, place = asked_place(request)
    by = request.GET.get("par", "")[:20]
    context |= {
        "publication": found.shown,
        "body": body(found.shown, scope, place, by),
        "words": published_words.examples(found.shown, number) if scope == Scope.NATION else [],
        "q": request.GET.get("ville", "").replace("\x00", "").strip()[:80],
        "scope": scope,
        "place": place,
        "by": by,
    }
    context["own"] = own_places(request, found) if request.user.is_authenticated else []
    context["hits"] = hits(found.shown, context["q"]) if context["q"] else None
    return render(request, "participation/results/results.html", context, status=409 if refused else 200)


def own_places(request: HttpRequest, found: Found) -> list[dict[str, Any]]:
    """The part of this person's town in a wider consultation: where it is, or how many answers are missing."""
    if found.consultation.level == Level.LOCAL:
        return []
    places = []
    for territory in queries.territories_of(request.user):
        scope = Scope.EPCI.value if territory.kind != "commune" else Scope.COMMUNE.value
        ballots = queries.ballots_of(found.consultation, scope, territory.code)
        can_read = rules.can_read_place(found.consultation, scope, ballots=ballots)
        places.append({"territory": territory, "lieu": f"{scope}-{territory.code}", "can_read": can_read})
    return places


def asked_place(request: HttpRequest) -> tuple[str, str]:
    """`?lieu=commune-76540`; anything else is the whole consultation."""
    scope, _dash, place = request.GET.get("lieu", "").partition("-")
    return (scope, place[:12]) if scope in SCOPES and place.isalnum() else (Scope.NATION.value, "")


def hits(publication: Publication, q: str) -> list[Any]:
    """Towns and intercommunalités with a table of their own whose name holds this."""
    rows = queries.places(publication, Scope.COMMUNE, folded(q)) + queries.places(publication, Scope.EPCI, folded(q))
    return rows[:LISTED]


def body(publication: Publication, scope: str, place: str, by: str) -> SafeString:
    """The tables, drawn once: a publication never moves. Kept by this process; the oldest leave first."""
    key = f"results:{publication.pk}:{scope}:{place}:{by}:{get_language()}"
    kept = caches["local"].get(key)
    if kept is None:
        read = queries.results(publication, scope=scope, place=place, by=by)
        if read is None or (by and not read.ballots):
            raise Http404(_("Il n’y a pas de résultats publiés pour ce lieu ou ce filtre."))
        kept = render_to_string(
            "participation/results/parts/body.html",
            {
                "results": read,
                "publication": publication,
                "consultation": publication.consultation,
                "filters": filters(publication, read),
                "departements": queries.places(publication, Scope.DEPARTEMENT)
                if publication.consultation.level == Level.NATIONAL
                else [],
                "towns": queries.places(publication, Scope.COMMUNE)[:LISTED]
                if publication.consultation.level != Level.NATIONAL
                else [],
            },
        )
        caches["local"].set(key, kept, timeout=KEPT)
    return SafeString(kept)


def filters(publication: Publication, read: queries.Results) -> list[dict[str, Any]]:
    """Links, by age and by kind of gathering: each is an address of its own."""
    address = reverse("participation:results", args=[publication.consultation.public_id])
    lieu = f"{read.scope}-{read.place}" if read.place else ""

    def link(key: str) -> str:
        asked = {name: value for name, value in (("lieu", lieu), ("par", key)) if value}
        return f"{address}?{urlencode(asked)}" if asked else address

    return [
        {
            "name": name,
            "links": [
                {"label": label, "url": link(key), "here": key == read.by} for key, label in (("", everyone), *options)
            ],
        }
        for name, everyone, options in (
            (_("Par âge"), _("tous les âges"), read.bands),
            (_("Par lieu de réponse"), _("tous les lieux"), read.gatherings),
        )
        if options
    ]


@login_not_required
@require_safe
def words(request: HttpRequest, public_id: str) -> HttpResponse:
    """What children wrote, all that was approved, by theme."""
    found, publication = shown_or_404(request, public_id)
    questions = {q.key: q for q in publication.version.questionnaire.questions.values() if q.is_text}
    form = WordsFilter(request.GET, questions=[(key, queries.said(q.text)) for key, q in questions.items()])
    rows = form.narrowed(published_words.approved(found.consultation).filter(question__in=questions))
    listed = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "participation/results/words.html",
        {
            "consultation": found.consultation,
            "found": found,
            "form": form,
            "page": listed,
            "lines": [
                {
                    "wording": row.wording,
                    "question": queries.said(questions[row.question].text),
                    "themes": published_words.themes_of(row),
                }
                for row in listed
            ],
        },
    )


@login_not_required
@require_safe
def children(request: HttpRequest, public_id: str) -> HttpResponse:
    """The same, for those who answered: *tu*, pictures, « 6 enfants sur 10 », and what the adults answered."""
    found, publication = shown_or_404(request, public_id)
    key = f"results:children:{publication.pk}"
    kept = caches["local"].get(key)
    if kept is None:
        read = queries.results(publication)
        kept = queries.for_children(read) if read else []
        caches["local"].set(key, kept, timeout=KEPT)
    return render(
        request,
        "participation/results/children.html",
        {
            "consultation": found.consultation,
            "found": found,
            "questions": kept,
            "ten": range(10),
            "ballots": publication.facts.get("ballots", 0),
            "is_overdue": found.consultation.is_overdue(timezone.localdate()),
            "qr": SafeString(segno.make(request.build_absolute_uri(request.path), error="m").svg_inline(scale=4)),
        },
    )
