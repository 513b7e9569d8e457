"""The browser of the stories, on a network that brings a page in pieces: nobody reads half of it."""

import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

ENOUGH_TO_BE_DRAWN = "<p>Le haut de la page.</p>" * 500


class InPieces(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        if self.path == "/":
            self.wfile.write(b"<title>Ici</title><form action=/suite><input name=mot><button>Suite</button></form>")
        else:
            self.wfile.write(f"<title>Suite</title><main>{ENOUGH_TO_BE_DRAWN}".encode())
            self.wfile.flush()
            time.sleep(0.4)
            self.wfile.write(b"<p>Le bas de la page.</p></main>")

    def log_message(self, *said):
        pass


@pytest.fixture
def slow_site():
    with ThreadingHTTPServer(("127.0.0.1", 0), InPieces) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.mark.parametrize(
    "act",
    [
        lambda page: page.click("button"),
        lambda page: page.get_by_role("button").click(),
        lambda page: page.press("[name=mot]", "Enter"),
        lambda page: page.locator("[name=mot]").press("Enter"),
    ],
    ids=["click", "click of a locator", "Enter", "Enter in a locator"],
)
def test_a_page_that_comes_in_pieces_is_read_whole(browse, slow_site, act):
    page = browse()
    page.goto(slow_site)
    act(page)
    assert "Le bas de la page." in page.inner_text("main")
