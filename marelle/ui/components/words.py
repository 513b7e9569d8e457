"""Numbers, sums, sizes and dates as French people write them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .library import register

THIN = "\N{NARROW NO-BREAK SPACE}"
NBSP = "\N{NO-BREAK SPACE}"


def grouped(number: int) -> str:
    """116331 → « 116 331 »."""
    return f"{number:,}".replace(",", THIN)


@register.filter
def people(value):
    """116331 → « 116 331 »; what is not a number comes back as it is; nothing known → « non disponible »."""
    if value is None or value == "":
        return _("non disponible")
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        return value
    if value != int(value):
        whole, _comma, decimals = f"{value:.1f}".partition(".")
        return f"{grouped(int(whole))},{decimals}"
    return grouped(int(value))


@register.filter
def euros(cents):
    """Cents to euros: 120000 → « 1 200 € », 150 → « 1,50 € »."""
    if cents is None or cents == "":
        return _("non disponible")
    amount = (Decimal(cents) / 100).quantize(Decimal("0.01"), ROUND_HALF_UP)
    sign = "−" if amount < 0 else ""
    whole, _point, decimals = f"{abs(amount):.2f}".partition(".")
    return f"{sign}{grouped(int(whole))}{',' + decimals if decimals != '00' else ''}{NBSP}€"


@register.filter
def filesize_fr(octets):
    """1536000 → « 1,5 Mo »."""
    if octets is None or octets == "":
        return _("non disponible")
    size, units = float(octets), ["octet" if octets == 1 else "octets", "ko", "Mo", "Go"]
    while size >= 1000 and len(units) > 1:
        size, units = size / 1000, units[1:]
    round_enough = size >= 10 or size == int(size)
    number = f"{size:.0f}" if round_enough else f"{size:.1f}".replace(".", ",")
    return f"{number}{NBSP}{units[0]}"


def day_in_words(day: date) -> str:
    """« 24 novembre 2026 », « 1er décembre 2026 »."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number}{NBSP}{date_format(day, 'F Y')}"


def hour_in_words(moment: datetime) -> str:
    """« 10 h 30 », « 18 h »."""
    return f"{moment.hour}{NBSP}h" + (f"{NBSP}{moment:%M}" if moment.minute else "")


def moment_in_words(value: date | datetime) -> str:
    if isinstance(value, datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        return _("{day} à {hour}").format(day=day_in_words(local.date()), hour=hour_in_words(local))
    return day_in_words(value)


@register.simple_tag
def when(value):
    """A day or an instant as `<time>`: « 24 novembre 2026 à 10 h 30 »."""
    if not value:
        return _("non disponible")
    machine = timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value
    return format_html('<time datetime="{}">{}</time>', machine.isoformat(), moment_in_words(value))


def elapsed(value: date | datetime, today: date) -> str:
    day = timezone.localtime(value).date() if isinstance(value, datetime) else value
    days = (today - day).days
    if days <= 0:
        return _("depuis aujourd’hui")
    if days == 1:
        return _("depuis hier")
    if days < 60:
        return ngettext("depuis {n} jour", "depuis {n} jours", days).format(n=days)
    if days < 730:
        return ngettext("depuis {n} mois", "depuis {n} mois", days // 30).format(n=days // 30)
    return ngettext("depuis {n} an", "depuis {n} ans", days // 365).format(n=days // 365)


@register.simple_tag
def since(value):
    """How long something has been waiting: « depuis 9 jours »."""
    if not value:
        return ""
    return format_html(
        '<time datetime="{}">{}</time>', value.isoformat(), elapsed(value, timezone.localdate()).replace(" ", NBSP)
    )
