"""`{% picture %}`: a picture of the library in sizes and formats that suit each screen, or nothing when it may not be
shown. Asks the database nothing: the addresses are worked out from the picture's own row."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from marelle.library.models import Picture, Video
from marelle.library.queries.cuts import CUTS, FORMATS, Cut
from marelle.library.rules.media import can_be_shown, can_be_watched
from marelle.ui.components.library import attributes, one_of, register


@register.simple_tag
def picture(picture, sizes="100vw", cut="whole", caption=False, lazy=True, alt=None, placeholder=False):
    """`{% picture page.picture sizes="(min-width: 60rem) 33vw, 100vw" cut="card" %}`.

    cut: whole, card (3:2), square; around the focal point. caption: with its credit. lazy=False for the one at the top
    of a page. alt: other words than the picture's own, or "" where it only repeats the text beside it. placeholder:
    keep its place in a row of cards when there is none to show.
    """
    one_of(cut, tuple(CUTS), "cut")
    if picture is None or not can_be_shown(picture, timezone.localdate()):
        return SafeString('<span class="no-picture" aria-hidden="true"></span>') if placeholder else ""
    shown = _tag(picture, CUTS[cut], sizes, lazy, picture.description if alt is None else alt)
    if not caption:
        return shown
    return format_html(
        '<figure class="picture">{}<figcaption class="credit">{} {}</figcaption></figure>',
        shown,
        _("Image\u202f:"),
        picture.credit,
    )


@register.inclusion_tag("library/media/player.html")
def video(film, seen_by_editors=False):
    """`{% video page.video %}`: the film with its captions, its transcript in a disclosure, and a link to keep it.
    Nothing while it may not be published; the back office asks to see it all the same (`seen_by_editors`)."""
    shown = film is not None and (seen_by_editors or bool(can_be_watched(film, timezone.localdate())))
    return {
        "video": film if shown else None,
        "poster": _poster(film) if shown else None,
        "length": _in_words(film.seconds) if shown and film.seconds else "",
    }


def shared_address(picture: Picture | None) -> str:
    """The path of a picture as social networks show it (1200 × 630); empty when there is none to show."""
    if picture is None or not can_be_shown(picture, timezone.localdate()):
        return ""
    cut = CUTS["shared"]
    return address(picture, cut, cut.widths[0], cut.formats[0])


def _poster(film: Video) -> str | None:
    if film.poster is None or not can_be_shown(film.poster, timezone.localdate()):
        return None
    cut = CUTS["whole"]
    widths = cut.widths_for(film.poster)
    return address(film.poster, cut, max(width for width in widths if width <= 960 or width == widths[0]), "jpg")


def _in_words(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    return _("%(minutes)d min %(seconds)02d s") % {"minutes": minutes, "seconds": rest} if minutes else f"{rest} s"


def _tag(picture: Picture, cut: Cut, sizes: str, lazy: bool, alt: str) -> SafeString:
    widths = cut.widths_for(picture)
    middle = widths[min(1, len(widths) - 1)]
    width, height = cut.size(picture, widths[-1])
    sources = [
        (
            "source",
            attributes(type=FORMATS[form], srcset=_set(picture, cut, form), sizes=sizes),
        )
        for form in cut.formats[:-1]
    ]
    image = attributes(
        src=address(picture, cut, middle, cut.formats[-1]),
        srcset=_set(picture, cut, cut.formats[-1]),
        sizes=sizes,
        width=width,
        height=height,
        loading="lazy" if lazy else None,
        fetchpriority=None if lazy else "high",
        decoding="async",
    )
    return format_html('<picture>{}<img alt="{}"{}></picture>', format_html_join("", "<{}{}>", sources), alt, image)


def _set(picture: Picture, cut: Cut, form: str) -> str:
    widths = cut.widths_for(picture)
    return ", ".join(f"{address(picture, cut, width, form)} {width}w" for width in widths)


def address(picture: Picture, cut: Cut, width: int, form: str) -> str:
    return reverse("library:picture", args=[picture.public_id, cut.address_name(width, form)])
