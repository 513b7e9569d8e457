"""A real browser for a few whole stories. Every page they see is asked to be accessible (axe) and quiet.

Fixtures: `page` (a desktop), `browse(phone=True, javascript=False, user=…)` for any other reader, `axe(page)`.
Everything in this folder is marked `journey`; without Chromium it is skipped, loudly.
"""

import os
import shutil
from pathlib import Path

import pytest
from django.test import Client

# Playwright keeps an event loop in this thread, where Django would refuse to speak to the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]  # fmt: skip
DESKTOP = {"viewport": {"width": 1280, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
TOO_WIDE = """[...document.querySelectorAll("main *, header *, footer *")]
    .filter(one => one.getBoundingClientRect().right > document.documentElement.clientWidth)
    .map(one => `${one.tagName} ${one.className} ${one.textContent.trim().slice(0, 40)}`).slice(-4)"""
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items):
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.journey)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="CHROMIUM IS MISSING: install the package chromium"))


@pytest.fixture(scope="session")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session", autouse=True)
def what_is_read_has_arrived():
    """A click comes back once the next page begins to arrive: here it waits until the page is there to its end.

    Without this, on a busy machine, a story reads the top of a page and misses what stands below.
    """
    from playwright.sync_api import Locator, Page

    def until_it_is_there(act, page_of):
        def acted(self, *given, **options):
            act(self, *given, **options)
            page_of(self).wait_for_load_state("domcontentloaded")

        return acted

    with pytest.MonkeyPatch.context() as patch:
        for act in ("click", "press"):
            patch.setattr(Page, act, until_it_is_there(getattr(Page, act), lambda page: page))
            patch.setattr(Locator, act, until_it_is_there(getattr(Locator, act), lambda found: found.page))
        yield


@pytest.fixture(scope="session", autouse=True)
def pictograms_are_built():
    """The drawings of children's pages, as `marelle prepare` makes them."""
    from django.conf import settings

    from marelle.ui import pictograms

    if not pictograms.are_built(settings.BUILT):
        list(pictograms.build(settings.BUILT))


@pytest.fixture
def browse(browser, live_server, settings):
    """Opens a page as one reader: signed in or not, on a phone or not, with JavaScript or without.

    Paths are relative to the site (`page.goto("/aide/")`). A script error, or anything the Content Security Policy
    had to stop, fails the test. (`live_server` brings a database that other threads see, emptied afterwards.)
    """
    contexts, complaints = [], []
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "localhost", "127.0.0.1"]

    def hear(message):
        if message.type == "error" and "Content Security Policy" in message.text:
            complaints.append(message.text)

    def open_page(*, user=None, phone=False, javascript=True, dark=False, **options):
        context = browser.new_context(
            base_url=live_server.url,
            locale="fr-FR",
            timezone_id="Europe/Paris",
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            java_script_enabled=javascript,
            **((PHONE if phone else DESKTOP) | options),
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        if user is not None:
            client = Client()
            client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
            key = client.cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}])
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", hear)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not complaints, complaints


@pytest.fixture
def page(browse):
    return browse()


@pytest.fixture
def axe():
    """`axe(page)`: no known barrier on this page, and nothing that must be scrolled sideways."""
    from axe_playwright_python.sync_playwright import Axe

    runner = Axe()

    def check(page):
        found = runner.run(page)
        assert not found.violations_count, f"{page.url}\n{found.generate_report()}"
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0, f"{page.url} is {wider} px wider than its window: {page.evaluate(TOO_WIDE)}"

    return check
