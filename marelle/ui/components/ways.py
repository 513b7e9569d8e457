"""Where one is, and where one may go: crumbs, hopscotch, thread, pages of a list."""

from __future__ import annotations

from django.utils.translation import gettext as _

from .library import SQUARES, one_of, register

STATES = ("done", "current", "todo", "later")


def state_in_words(state: str) -> str:
    return {
        "done": _("fait"),
        "current": _("en cours"),
        "todo": _("à faire"),
        "later": _("plus tard"),
    }[state]


@register.inclusion_tag("ui/parts/crumbs.html")
def crumbs(*labels_and_urls):
    """`{% crumbs "Rouen" url "Dossier" url2 "Ici" %}`: label, url pairs; the last label is the page itself."""
    *before, here = labels_and_urls
    return {"before": list(zip(before[::2], before[1::2], strict=True)), "here": here}


@register.inclusion_tag("ui/parts/hopscotch.html")
def hopscotch(squares, label=""):
    """Where a collectivité stands: an ordered list first, a drawing second."""
    drawn = []
    for number, square in enumerate(squares, start=1):
        key = one_of(square["key"], SQUARES, "square")
        state = one_of(square.get("state") or "later", STATES, "state")
        drawn.append(
            {
                "number": number,
                "key": key,
                "name": square["name"],
                "state": state,
                "state_in_words": state_in_words(state),
                "url": square.get("url") or "",
                "detail": square.get("detail") or "",
                "shape": {"plan": "half", "act": "half", "share": "sky"}.get(key, "whole"),
            }
        )
    return {"squares": drawn, "label": label or _("Où en est la marelle")}


@register.inclusion_tag("ui/parts/thread.html")
def thread(steps, label=""):
    """Said → decided → done. `steps`: dicts(title, text, square, done, url)."""
    return {
        "steps": [
            {
                "title": step["title"],
                "text": step.get("text") or "",
                "url": step.get("url") or "",
                "square": one_of(step.get("square") or "", SQUARES, "square"),
                "done": bool(step.get("done")),
            }
            for step in steps
        ],
        "label": label or _("Le fil"),
    }


@register.inclusion_tag("ui/parts/pagination.html", takes_context=True)
def pagination(context, page, parameter="page"):
    """Previous, next, and how many there are; keeps the filters of the address."""
    request = context.get("request")

    def address(number: int) -> str:
        query = request.GET.copy() if request else None
        if query is None:
            return f"?{parameter}={number}"
        query[parameter] = str(number)
        return f"?{query.urlencode()}"

    return {
        "page": page,
        "previous": address(page.previous_page_number()) if page.has_previous() else "",
        "next": address(page.next_page_number()) if page.has_next() else "",
        "first": page.start_index(),
        "last": page.end_index(),
        "count": page.paginator.count,
    }
