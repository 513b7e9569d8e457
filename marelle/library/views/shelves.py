"""Reading lists: begun, read, changed, shared, with or without an account."""

from __future__ import annotations

import io

import segno
from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marelle.core.rules import Refused
from marelle.library.actions import shelves as actions
from marelle.library.forms.shelves import ListWords
from marelle.library.models import ReadingList, Resource
from marelle.library.queries import shelves as queries
from marelle.library.rules import shelves as rules

from .holding import hold, holder_of, let_go

LONGEST_NOTE = 200


def _address(reading_list: ReadingList) -> str:
    return settings.SITE_URL + reverse("library:reading_list", args=[reading_list.public_id])


def _drawn(address: str) -> SafeString:
    """The code as an SVG that asks for no style: segno draws squares, and writes no word of the address."""
    code = segno.make(address, error="m")
    return SafeString(code.svg_inline(scale=4, omitsize=True, svgclass="qr", lineclass=None))


@login_not_required
@require_safe
def mine(request):
    """The lists of this device, and of the account."""
    holder = holder_of(request)
    found = list(queries.held_by(holder.person, dict(holder.keys)))
    return render(
        request,
        "library/shelves/mine.html",
        {
            "lists": [one for one in found if rules.can_change(holder, one)],
            "to_adopt": holder.person and any(rules.opens(one, holder.keys.get(one.public_id, "")) for one in found),
        },
    )


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def keep(request, public_id):
    """In which list to keep a resource: one of one's own, or a new one."""
    resource = get_object_or_404(Resource.objects.public(), public_id=public_id)
    holder = holder_of(request)
    found = queries.held_by(holder.person, dict(holder.keys))
    lists = [one for one in found if rules.can_change(holder, one)]
    data = request.POST if request.method == "POST" and "title" in request.POST else None
    form = ListWords(data, initial={"title": _("Mes favoris")})
    refused = None
    if request.method == "POST":
        chosen = next((one for one in lists if one.public_id == request.POST.get("list")), None)
        try:
            if chosen is not None:
                return _kept(request, resource, chosen, "")
            if form.is_valid():
                if not ratelimit.consume(request, action="reading_list"):
                    raise Refused(_("Beaucoup de listes ont été faites d’ici. Réessayez dans une heure."))
                made, key = actions.begin(by=holder, at=timezone.now(), **form.cleaned_data)
                return _kept(request, resource, made, key)
        except Refused as refusal:
            refused = refusal
    context = {"resource": resource, "lists": lists, "form": form, "refused": refused}
    return render(request, "library/shelves/keep.html", context, status=409 if refused else 200)


def _kept(request, resource, reading_list, key):
    holder = holder_of(request)
    if key:
        holder = rules.Holder(holder.user, {**holder.keys, reading_list.public_id: key})
    added = actions.add(reading_list=reading_list, resource=resource, by=holder, at=timezone.now())
    said = _("«\u202f%(title)s\u202f» est dans la liste.") if added else _("«\u202f%(title)s\u202f» y était déjà.")
    messages.success(request, said % {"title": resource.title})
    return hold(request, redirect("library:reading_list", reading_list.public_id), reading_list.public_id, key)


@login_not_required
@require_safe
def show(request, public_id):
    """What anyone with the address reads. Not listed, not indexed."""
    reading_list = get_object_or_404(queries.with_items(), public_id=public_id)
    response = render(
        request,
        "library/shelves/list.html",
        {
            "list": reading_list,
            "items": list(reading_list.items.all()),
            "can_change": rules.can_change(holder_of(request), reading_list),
            "qr": _drawn(_address(reading_list)),
            "address": _address(reading_list),
        },
    )
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@login_not_required
@require_safe
def qr(request, public_id):
    """The code alone, to paste in a document or on a door."""
    reading_list = get_object_or_404(ReadingList, public_id=public_id)
    drawn = io.BytesIO()
    picture = segno.make(_address(reading_list), error="m")
    picture.save(drawn, kind="png", scale=12, border=4)
    return HttpResponse(
        drawn.getvalue(),
        content_type="image/png",
        headers={"Content-Disposition": f'attachment; filename="liste-{public_id}.png"', "X-Robots-Tag": "noindex"},
    )


def _mine(request, public_id) -> ReadingList:
    """A list that this person may change; to anybody else its workshop does not exist."""
    reading_list = get_object_or_404(queries.with_items(), public_id=public_id)
    if not rules.can_change(holder_of(request), reading_list):
        raise Http404
    return reading_list


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request, public_id):
    reading_list = _mine(request, public_id)
    items = list(reading_list.items.all())
    form = ListWords(request.POST or None, initial={"title": reading_list.title, "note": reading_list.note})
    if request.method == "POST":
        for item in items:
            item.note = request.POST.get(f"note-{item.pk}", item.note).replace("\x00", "").strip()[:LONGEST_NOTE]
        if form.is_valid():
            notes = {item.pk: item.note for item in items}
            actions.reword(
                reading_list=reading_list, notes=notes, by=holder_of(request), at=timezone.now(), **form.cleaned_data
            )
            messages.success(request, _("La liste est enregistrée."))
            return redirect("library:reading_list", public_id)
    key = holder_of(request).keys.get(public_id, "")
    context = {
        "list": reading_list,
        "items": items,
        "form": form,
        "key_address": settings.SITE_URL + reverse("library:reading_list_key", args=[public_id, key])
        if rules.opens(reading_list, key)
        else "",
        "longest": LONGEST_NOTE,
    }
    return render(request, "library/shelves/change.html", context)


@login_not_required
@require_POST
def arrange(request, public_id):
    """One press: up, down, out, or back in."""
    reading_list, now = _mine(request, public_id), timezone.now()
    facts = {"reading_list": reading_list, "by": holder_of(request), "at": now}
    verb, _sep, said = request.POST.get("do", "").partition(":")
    number = int(said) if said.isascii() and said.isdigit() and len(said) < 18 else 0
    try:
        if verb in {"up", "down"}:
            actions.move(item=number, up=verb == "up", **facts)
        elif verb == "out":
            gone = actions.remove(item=number, **facts)
            if gone is not None:
                messages.success(
                    request, _("«\u202f%(title)s\u202f» n’est plus dans la liste.") % {"title": gone.title}
                )
                return redirect(f"{reverse('library:reading_list_change', args=[public_id])}?remettre={gone.public_id}")
        elif verb == "back":
            resource = get_object_or_404(Resource.objects.public(), public_id=said)
            actions.add(resource=resource, **facts)
            messages.success(
                request, _("«\u202f%(title)s\u202f» est de nouveau dans la liste.") % {"title": resource.title}
            )
    except Refused as refused:
        messages.error(request, refused.reason)
    return redirect("library:reading_list_change", public_id)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def copy(request, public_id):
    """Take somebody's list home."""
    reading_list = get_object_or_404(ReadingList, public_id=public_id)
    if request.method == "POST":
        try:
            if not ratelimit.consume(request, action="reading_list"):
                raise Refused(_("Beaucoup de listes ont été faites d’ici. Réessayez dans une heure."))
            made, key = actions.copy(reading_list=reading_list, by=holder_of(request), at=timezone.now())
        except Refused as refused:
            messages.error(request, refused.reason)
            return redirect("library:reading_list", public_id)
        messages.success(request, _("Cette copie est à vous\u202f: changez-la comme vous voulez."))
        return hold(request, redirect("library:reading_list_change", made.public_id), made.public_id, key)
    return render(request, "library/shelves/copy.html", {"list": reading_list})


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def drop(request, public_id):
    reading_list = _mine(request, public_id)
    if request.method == "POST":
        actions.drop(reading_list=reading_list, by=holder_of(request), at=timezone.now())
        messages.success(request, _("La liste est supprimée."))
        return let_go(request, redirect("library:reading_lists"), public_id)
    return render(request, "library/shelves/drop.html", {"list": reading_list})


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def take_key(request, public_id, key):
    """The address for changing a list, opened on another device: reads, then one press keeps the key there."""
    reading_list = get_object_or_404(ReadingList, public_id=public_id)
    if not rules.opens(reading_list, key):
        raise Http404
    if request.method == "POST":
        messages.success(request, _("Vous pouvez maintenant changer cette liste sur cet appareil."))
        return hold(request, redirect("library:reading_list_change", public_id), public_id, key)
    return render(request, "library/shelves/take_key.html", {"list": reading_list})


@require_POST
def adopt(request):
    holder = holder_of(request)
    adopted = actions.adopt(by=holder, at=timezone.now())
    messages.success(request, _("Listes rattachées à votre compte\u202f: %(adopted)s.") % {"adopted": adopted})
    return let_go(request, redirect("library:reading_lists"), *holder.keys)
