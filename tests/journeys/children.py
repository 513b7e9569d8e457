"""What a child does on a tablet, for the journeys: touches, not types, unless the story says so."""

from marelle.ballots.models import Envelope
from marelle.ballots.sealing import unseal

TABLET = {"viewport": {"width": 810, "height": 1080}, "has_touch": True}


def touch(page, words):
    """Touch a card, a button or a link of the screen that is shown."""
    said = page.locator(".screen:visible").get_by_text(words, exact=True)
    card = page.locator(".screen:visible .choice").filter(has=page.get_by_text(words, exact=True))
    (card if card.count() else said).click()


def draw_ticket(page, code):
    """Three touches on three drawings; each goes on by itself."""
    for place, number in enumerate(code.split("-")):
        page.locator(f"#t{place}").wait_for()
        page.locator(f"#t{place} .choice:has([value='{number}'])").click()
    page.locator("#tok").wait_for()


def forward(page):
    """« Suivant » or « Je passe », whichever the screen offers."""
    page.locator(".screen:visible .ways :is(.go, .pass):visible").first.click()


def to_the_end(page):
    for _ in range(40):
        if page.locator("#envoyer").is_visible():
            return
        forward(page)
    raise AssertionError("the questions never end")


def until(page, what, seconds=30):
    """Wait for a condition in the page. (Playwright's own way of waiting is stopped by our CSP.)"""
    for _ in range(seconds * 10):
        if page.evaluate(what):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"never: {what}")


def stored(station):
    return [unseal(e.sealed, name=f"{station.pk}/{e.pk}") for e in Envelope.objects.filter(station=station)]
