"""Children for whom words are in the way: one who cannot read yet, one without a mouse, one without a script."""

import pytest

from marelle.ballots.enums import Mode
from marelle.participation.views import kept
from tests.participation.children.questionnaire import EVERY_KIND
from tests.participation.factories import open_consultation, session_of

from .children import TABLET, draw_ticket, forward, stored, to_the_end, touch, until

pytestmark = pytest.mark.django_db(transaction=True)
VOICE = """
    window.heard = [];
    window.SpeechSynthesisUtterance = class { constructor(words) { this.words = words; } };
    Object.defineProperty(window, "speechSynthesis", { value: {
        cancel() {}, speak(one) {
            window.heard.push([one.lang, one.words, document.querySelectorAll(".said").length]);
            setTimeout(() => one.onend(), 5);
        } } });
"""


@pytest.fixture(autouse=True)
def fresh():
    kept.forget()


@pytest.fixture
def tickets(db):
    station = session_of(open_consultation(draft=EVERY_KIND), roll=3, mode=Mode.TICKETS).station
    return station, [*station.tickets.values_list("code", flat=True)]


@pytest.fixture
def shared(db):
    return session_of(open_consultation(draft=EVERY_KIND), roll=5, mode=Mode.SHARED).station


def test_a_child_of_five_listens_looks_and_touches(browse, axe, tickets):
    station, codes = tickets
    page = browse(**TABLET)
    page.add_init_script(VOICE)
    page.goto(f"/s/{station.code}/")
    axe(page)
    page.get_by_role("button", name="Écouter").click()
    until(page, "heard.length >= 4")
    touch(page, "Je commence")
    axe(page)
    draw_ticket(page, codes[0])
    until(page, "document.querySelector('.verdict').textContent.includes('marche')")
    assert page.locator("#tok .drawn img").count() == 3
    axe(page)
    touch(page, "Oui, je continue")
    forward(page)  # her age: she passes
    page.evaluate("heard.length = 0")
    page.get_by_role("button", name="Écouter").click()
    until(page, "heard.length === 7")
    heard = page.evaluate("heard")
    assert heard[0] == ["fr-FR", "Qu’est-ce qui te manque le plus dans ta cour\u202f?", 1]
    assert heard[2][1] == "Des arbres et de l’ombre"
    touch(page, "Des arbres et de l’ombre")
    forward(page)
    touch(page, "Au ballon")
    forward(page)
    touch(page, "Très bien")
    to_the_end(page)
    touch(page, "J’envoie")
    page.locator("#merci").wait_for()
    axe(page)
    assert "bien arrivée" in page.locator("#merci h2").inner_text()
    assert stored(station) == [{"a": {"manque": "arbres", "jeux": ["ballon"], "aime": "5"}}]


def test_every_screen_is_without_barrier_on_a_phone_by_night(browse, axe, shared):
    page = browse(phone=True, dark=True)
    page.goto(f"/s/{shared.code}/")
    axe(page)
    touch(page, "Je commence")
    while not page.locator("#envoyer").is_visible():
        axe(page)
        small = page.evaluate(
            """[...document.querySelectorAll(".screen :is(a, button, label.choice)")].filter(e => e.offsetParent)
            .map(e => [e.textContent.trim(), Math.min(e.offsetWidth, e.offsetHeight)]).filter(([, size]) => size < 60)"""
        )
        assert small == []
        forward(page)
    axe(page)
    for path in ("/s/", "/s/aide/", f"/s/{shared.code}/merci/", "/s/zzzzzz/"):
        page.goto(path)
        axe(page)


def test_the_keyboard_alone_is_enough(browse, shared):
    page = browse()
    page.goto(f"/s/{shared.code}/")
    press = page.keyboard.press

    def tab_to(words):
        for _ in range(40):
            press("Tab")
            if words in (page.evaluate("document.activeElement.ariaLabel || document.activeElement.textContent") or ""):
                return
        raise AssertionError(f"Tab never reaches {words}")

    tab_to("Je commence")
    press("Enter")
    assert page.evaluate("document.activeElement.textContent") == "Quel âge as-tu\u202f?"
    press("Tab")
    press("Space")
    tab_to("Suivant")
    press("Enter")
    press("Tab")
    press("ArrowDown")  # walks through the pictures, and does not run ahead
    press("ArrowDown")
    assert page.locator("#q-manque :checked").get_attribute("value") == "calme"
    tab_to("J’efface ma réponse")
    press("Enter")
    assert page.locator("#q-manque :checked").count() == 0
    for _ in range(6):
        tab_to("Je passe")
        press("Enter")
    assert page.locator("#q-lieu").is_visible()
    tab_to("Retour")
    press("Enter")
    for words in ("Des jeux", "De l’ombre"):
        tab_to(words)
        press("Enter")
    tab_to("Monter\u202f: De l’ombre")
    press("Enter")
    tab_to("Suivant")
    press("Enter")
    tab_to("Je passe")
    press("Enter")
    tab_to("J’envoie")
    press("Enter")
    page.locator("#merci").wait_for()
    assert stored(shared) == [{"a": {"age": "6-8", "ordre": ["ombre", "jeux"]}}]


def test_the_next_question_is_ready_before_the_quickest_finger(browse, shared):
    """A Tab pressed right after Enter starts from the new question, and nothing takes the place back afterwards."""
    page = browse()
    page.goto(f"/s/{shared.code}/")
    ready = """() => {
        document.querySelector(".screen [data-move='1']").click();
        return document.activeElement.closest(".screen").id;
    }"""
    assert page.evaluate(ready) == "q-age"
    page.keyboard.press("Tab")
    page.wait_for_timeout(100)
    assert page.evaluate("document.activeElement.name") == "q-age"


def test_a_ranking_is_dragged_too(browse, shared):
    page = browse(**TABLET)
    page.goto(f"/s/{shared.code}/#q-ordre")
    for words in ("Un coin calme", "Des jeux", "De l’eau à boire"):
        page.locator("#q-ordre .rank li").filter(has_text=words).locator(".pick").click()
    places = "[...document.querySelectorAll('#q-ordre li.placed')].map(li => li.dataset.choice)"
    assert page.evaluate(places) == ["calme", "jeux", "eau"]
    last, first = (page.locator("#q-ordre .rank li").nth(n).bounding_box() for n in (2, 0))
    page.mouse.move(last["x"] + 120, last["y"] + 40)
    page.mouse.down()
    for step in range(8):
        page.mouse.move(last["x"] + 120, last["y"] + 40 - (last["y"] - first["y"] + 20) * (step + 1) / 8)
    page.mouse.up()
    assert page.evaluate(places) == ["eau", "calme", "jeux"]


def test_a_condition_shows_the_question_only_to_those_it_is_for(browse, shared):
    page = browse(**TABLET)
    page.goto(f"/s/{shared.code}/#q-seul")
    assert page.locator("#q-seul .pebbles").get_attribute("aria-label") == "Question 6 sur 8"
    touch(page, "Oui")
    forward(page)
    assert page.locator("#q-quoi .pebbles").get_attribute("aria-label") == "Question 7 sur 9"
    page.go_back()
    touch(page, "Non")
    forward(page)
    assert page.locator("#q-ordre").is_visible()


def test_a_refused_ticket_loses_nothing(browse, tickets):
    station, codes = tickets
    page = browse(**TABLET)
    page.goto(f"/s/{station.code}/#tmots")
    page.locator("#tw").fill("chat pomme velo" if "00-00-00" not in codes else "chien pomme velo")
    page.keyboard.press("Enter")
    until(page, "document.querySelector('.verdict').textContent.includes('ne marche pas')")
    assert not page.locator("#tok .go").is_visible()
    page.goto(f"/s/{station.code}/#q-manque")
    touch(page, "Un coin calme")
    to_the_end(page)
    touch(page, "J’envoie")
    page.get_by_role("alert").get_by_text("Ce ticket ne marche pas").wait_for()
    page.get_by_role("link", name="Je corrige").click()
    draw_ticket(page, codes[1])
    touch(page, "Oui, je continue")
    to_the_end(page)
    touch(page, "J’envoie")
    page.locator("#merci").wait_for()
    assert stored(station) == [{"a": {"manque": "calme"}}]


def test_without_a_script_the_same_page_works_by_links(browse, axe, tickets):
    station, codes = tickets
    page = browse(javascript=False, phone=True)

    def on():
        page.locator(".screen:visible .ways .go:visible, .screen:visible .ways .pass:visible").first.click()

    def answer():
        for place, number in enumerate(codes[0].split("-")):
            page.locator(f"#t{place} .choice:has([value='{number}'])").click()
            on()
        on()
        page.locator("#q-manque .choice").nth(2).click()
        on()
        assert page.locator(".screen:visible").count() == 1
        while not page.locator("#envoyer").is_visible():
            on()
        page.get_by_role("button", name="J’envoie").click()

    page.goto(f"/s/{station.code}/")
    assert page.locator(".screen:visible").count() == 1
    on()
    answer()
    assert page.url.endswith("/merci/")
    page.get_by_role("link", name="Au suivant").click()
    on()
    answer()  # the same ticket again
    assert "Ce ticket ne marche pas" in page.get_by_role("alert").inner_text()
    page.get_by_role("link", name="Je vérifie mon ticket").click()
    assert page.locator("#t0").is_visible()
    assert page.locator("#q-manque [value=calme]").is_checked()
    assert stored(station) == [{"a": {"manque": "calme"}}]


def test_help_is_one_touch_away_and_the_letters_grow(browse, shared):
    page = browse(**TABLET, javascript=False)
    page.goto(f"/s/{shared.code}/")
    page.get_by_text("J’ai besoin d’aide").click()
    assert page.locator('.aid [href="tel:119"]').is_visible()
    before = page.locator("#debut h2").bounding_box()["height"]
    page.locator(".letters summary").click()
    page.get_by_text("Lettres plus grandes").click()
    assert page.locator("#debut h2").bounding_box()["height"] > before
