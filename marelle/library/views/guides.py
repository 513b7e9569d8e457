"""Guides as anyone reads them: the list, the whole text, one chapter, an edition and its PDF; and the act of freezing
one."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from marelle.core.rules import Refused
from marelle.documents.responses import serve
from marelle.library.actions import guides as actions
from marelle.library.forms.guides import EditionForm
from marelle.library.models import Guide, GuideEdition
from marelle.library.queries import guides as queries
from marelle.library.rules import guides as rules
from marelle.library.rules import practices as editing


@login_not_required
@require_safe
def guides(request):
    return render(request, "library/guides/list.html", {"guides": list(queries.listed())})


@login_not_required
@require_safe
def guide(request, public_id, slug):
    """The text of today, whole on one page."""
    found = _find(public_id)
    if found.slug != slug:
        return redirect(found, permanent=True)
    return render(request, "library/guides/guide.html", _context(request, found))


@login_not_required
@require_safe
def chapter(request, public_id, slug, anchor):
    """One chapter, to be read or printed alone, between the one before and the one after."""
    found = _find(public_id)
    text = queries.whole(queries.raw_of(found))
    place = text.at(anchor)
    if place is None:
        return redirect(found)  # A chapter that changed its name: its guide still says where everything is.
    if found.slug != slug:
        return redirect("library:guide_chapter", found.public_id, found.slug, anchor, permanent=True)
    context = {
        "guide": found,
        "text": text,
        "chapter": text.chapters[place],
        "previous": text.chapters[place - 1] if place else None,
        "following": text.chapters[place + 1] if place + 1 < len(text.chapters) else None,
    }
    return render(request, "library/guides/chapter.html", context)


@login_not_required
@require_safe
def edition(request, public_id, slug, number):
    """As it was published under its number, for ever at this address, even once the guide itself is taken down."""
    found = _edition(public_id, number)
    if found.guide.slug != slug:
        return redirect(found, permanent=True)
    last = found.guide.editions.defer("content").first()
    context = {
        "guide": found.guide,
        "edition": found,
        "last": last,
        "is_last": last is None or last.number == found.number,
        "text": queries.whole(found.content["body"]),
    }
    return render(request, "library/guides/edition.html", context)


@login_not_required
@require_safe
def edition_pdf(request, public_id, slug, number):
    found = _edition(public_id, number)
    if found.pdf is None:
        raise Http404
    return serve(found.pdf, inline=True)


@require_http_methods(["GET", "HEAD", "POST"])
def publish_edition(request, public_id):
    """The explicit act: what will be frozen, under which number, and what it changes."""
    if not editing.can_review(request.user):
        raise Http404
    found = get_object_or_404(Guide, public_id=public_id)
    last = found.editions.defer("content").first()
    form = EditionForm(request.POST if request.method == "POST" else None, is_first=last is None)
    refusal = None
    if form.is_bound and form.is_valid():
        try:
            made = actions.publish_edition(
                guide=found, changes=form.cleaned_data["changes"], by=request.user, at=timezone.now()
            )
        except Refused as refused:
            refusal = refused
        else:
            messages.success(
                request, _("L’édition n° {n} est publiée, avec son PDF. Elle ne changera plus.").format(n=made.number)
            )
            return redirect(made)
    context = {
        "guide": found,
        "last": last,
        "number": last.number + 1 if last else 1,
        "form": form,
        "refusal": refusal,
        "may": rules.can_publish_edition(request.user, found),
        "text": queries.whole(queries.raw_of(found)),
    }
    return render(request, "library/guides/publish_edition.html", context, status=409 if refusal else 200)


def _find(public_id) -> Guide:
    found = queries.page_of(public_id)
    if found is None:
        raise Http404
    return found


def _edition(public_id, number) -> GuideEdition:
    rows = GuideEdition.objects.select_related("guide", "pdf")
    return get_object_or_404(rows, guide__public_id=public_id, number=number)


def _context(request, found: Guide) -> dict:
    last = found.all_editions[0] if found.all_editions else None
    return {
        "guide": found,
        "text": queries.whole(queries.raw_of(found)),
        "editions": found.all_editions,
        "last": last,
        "is_ahead": last is not None and queries.differs(found, last),
        "is_stale": bool(found.review_on and found.review_on < timezone.localdate()),
        "can_publish_edition": bool(editing.can_review(request.user)),
    }
