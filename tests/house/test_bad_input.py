"""Every form of the site is filled badly, by somebody who may fill it: never a 500, nothing typed is lost.

A demonstration year is walked as each of its people. Each form met on the way is sent again and again with one field
gone wrong: nothing, a hundred kilobytes, the wrong kind, NUL bytes, bytes that are no UTF-8, Latin-1, a file that lies.
"""

import html
import logging
import re
from collections import Counter, deque
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html.parser import HTMLParser
from io import BytesIO, StringIO
from urllib.parse import quote_from_bytes, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client, override_settings
from django.urls import Resolver404, resolve
from pypdf import PdfWriter

from marelle.accounts.enums import Role
from marelle.accounts.models import Claim, Membership, User
from marelle.demo.actions import year
from marelle.demo.fates import Fate, plan
from marelle.programme.models import Attachment, Candidacy, NetworkMembership, Opinion
from marelle.territories.queries import forget_index
from tests.worlds import world

from .doors import DOORS
from .test_doors import doors

FATES = (
    Fate.INTERESTED, Fate.READY, Fate.UNDER_REVIEW, Fate.CORRECTION, Fate.COMMISSION, Fate.PROBATION, Fate.AWARDED,
    Fate.TITLED,
)  # fmt: skip
FINE = {400, 403, 404, 405, 413, 429}
"""What an answer may be besides a redirect, or the page again with its reason (200, 409, 422)."""

HUGE = "Un très long texte. " * 5_000


@dataclass
class Field:
    name: str
    kind: str
    value: str = ""
    options: list[str] = field(default_factory=list)


@dataclass
class Form:
    action: str
    fields: dict[str, Field] = field(default_factory=dict)


class Forms(HTMLParser):
    """The forms of a page that are sent by POST, and its links."""

    def __init__(self, page, here):
        super().__init__()
        self.here, self.forms, self.links, self.form, self.choice, self.text = here, [], [], None, None, None
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        is_ = dict(attributes)
        if tag == "a" and (is_.get("href") or "").startswith("/"):
            self.links.append(is_["href"].split("#")[0])
        elif tag == "form":
            posts = (is_.get("method") or "").lower() == "post"
            self.form = Form(urlsplit(is_.get("action") or self.here).path or self.here) if posts else None
            if posts:
                self.forms.append(self.form)
        elif self.form is not None and "disabled" not in is_:
            self.control(tag, is_)

    def control(self, tag, is_):
        name = is_.get("name")
        if tag == "option" and self.choice is not None:
            self.choice.options.append(is_.get("value") or "")
        elif not name or name == "csrfmiddlewaretoken":
            return
        elif tag == "select":
            self.choice = self.form.fields.setdefault(name, Field(name, "select"))
        elif tag == "textarea":
            self.text = self.form.fields.setdefault(name, Field(name, "textarea"))
        elif tag in {"input", "button"}:
            kind = (is_.get("type") or "text").lower() if tag == "input" else "hidden"
            one = self.form.fields.setdefault(name, Field(name, kind, is_.get("value") or ""))
            one.options.append(is_.get("value") or "on")

    def handle_endtag(self, tag):
        if tag == "select":
            self.choice = None
        elif tag == "textarea":
            self.text = None

    def handle_data(self, data):
        if self.text is not None:
            self.text.value += data


def a_pdf():
    writer, out = PdfWriter(), BytesIO()
    writer.add_blank_page(200, 200)
    writer.write(out)
    return out.getvalue()


PDF = a_pdf()
FILES = {
    "empty": ("vide.pdf", b""),
    "too big": ("lourd.pdf", PDF + b"\0" * 200_000),
    "an image that says PDF": ("image.pdf", b"\x89PNG\r\n\x1a\n" + b"\0" * 60),
    "a page that says PDF": ("page.pdf", b"<!doctype html><script>alert(1)</script>"),
    "a name that climbs": ("../../etc/passwd\0.pdf", PDF),
    "a name without end": ("a" * 3_000 + ".pdf", PDF),
}
TEXTS = {
    "empty": "",
    "huge": HUGE,
    "NUL": "Avant\0après",
    "hostile": "<script>alert(1)</script>'\"; DROP TABLE -- {{ 7*7 }} ${7*7} %s %(x)s",
    "wrong type": "deux cents",
    "out of bounds": "99999999999999999999999999",
    "far away": "9999-99-99",
    "unreadable": "\u202e\u200b\ufeff\U0001f9ff",
}
VISIBLE = {"text", "textarea", "search", "number", "tel", "url"}
TYPED = VISIBLE | {"email", "date", "datetime-local", "time", "guessed"}


def good(one):
    """Something plausible in a field: what the page proposes, or what its kind calls for."""
    if one.kind == "file":
        return SimpleUploadedFile("piece.pdf", PDF, "application/pdf")
    if one.kind in {"select", "radio"}:
        return next((value for value in one.options if value), "")
    if one.kind == "checkbox":
        return one.options[0]
    if one.value:
        return one.value.strip()
    return {"email": "camille@exemple.example", "date": "2026-12-15", "number": "12"}.get(one.kind, "Un texte.")


def bad_bodies(form):
    """(what is wrong, what it says, the data). All texts go wrong together, each file by itself."""
    sound = {name: good(one) for name, one in form.fields.items()}
    typed = [name for name, one in form.fields.items() if one.kind in TYPED]
    chosen = [name for name, one in form.fields.items() if one.kind not in TYPED and one.kind != "file"]
    files = [name for name, one in form.fields.items() if one.kind == "file"]
    yield "nothing", None, {}
    for wrong, text in TEXTS.items() if typed else ():
        yield wrong, text, sound | dict.fromkeys(typed, text)
    for wrong in ("deux cents", "\0", "99999999999999999999") if chosen else ():
        yield f"chose {wrong!r}", None, sound | dict.fromkeys(chosen, wrong)
    for wrong, (filename, content) in FILES.items() if files else ():
        papers = {name: SimpleUploadedFile(filename, content, "application/pdf") for name in files}
        yield wrong, None, sound | papers
    yield "a text for a file", None, sound | dict.fromkeys(files, "pas un fichier")
    papers = {name: SimpleUploadedFile("a.pdf", PDF, "application/pdf") for name in (*typed, *chosen)}
    yield "a file for a text", None, sound | papers


def raw_bodies(form):
    """Bodies that no browser sends: Latin-1, broken UTF-8, half a surrogate pair, a broken multipart."""
    urlencoded = "application/x-www-form-urlencoded"
    for wrong, said, kind in (
        ("Latin-1 bytes", "été".encode("latin-1"), urlencoded),
        ("Latin-1, announced", "été".encode("latin-1"), urlencoded + "; charset=iso-8859-1"),
        ("broken UTF-8", b"\xff\xfe\xc3", urlencoded),
        ("half a surrogate pair", b"\xed\xa0\x80", urlencoded),
        ("an unknown charset", b"x", urlencoded + "; charset=klingon"),
    ):
        pairs = (f"{name}={quote_from_bytes(said)}" for name in form.fields)
        yield wrong, "&".join(pairs).encode(), kind
    yield "a broken multipart", b"--x\r\nrien", "multipart/form-data; boundary=x"
    yield "a multipart without boundary", b"rien", "multipart/form-data"
    parts = "".join(
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n\u00e9t\u00e9\r\n' for name in form.fields
    )
    yield "a multipart in Latin-1", (parts + "--x--\r\n").encode("latin-1"), "multipart/form-data; boundary=x"


@pytest.fixture(scope="module")
def france(django_db_setup, django_db_blocker):
    """A small demonstration year on the real geography, made once for this module."""
    with world(django_db_blocker) as settled:
        call_command("load_territories", verbosity=0, stdout=StringIO())
        call_command("load_programme", verbosity=0, stdout=StringIO())
        with override_settings(DEMO=True):
            year.make(seed=7, at=datetime.now(UTC), towns=plan(7, dict.fromkeys(FATES, 1), members=4))
        settled()
        yield
    forget_index()


def cast():
    """Who walks: anyone, the lead of each kind of candidacy, one person for each other role, somebody just arrived."""
    yield "anyone", None
    for candidacy in Candidacy.objects.select_related("organisation").order_by("pk"):
        lead = Membership.objects.get(organisation=candidacy.organisation, role=Role.LEAD).user
        yield f"lead, {candidacy.status}", lead
    for role in (Role.MANAGER, Role.ADVISER, Role.HEAD, Role.FACILITATOR, Role.SAFEGUARDING):
        yield str(role), Membership.objects.filter(role=role).order_by("pk").first().user
    yield "somebody asked", Opinion.objects.filter(given_at=None, revoked_at=None).first().asked_of
    yield "lead of a village", NetworkMembership.objects.filter(status="asked").first().asked_by
    yield "claimant", Claim.objects.latest("pk").user
    yield "newcomer", User.objects.filter(memberships=None, claims=None).order_by("pk").first()


STARTS = ("/", "/tableau-de-bord/", "/mon-dossier/", "/compte/", "/candidatures/nouvelle/", "/reseau/rejoindre/",
          "/portefeuille/", "/avis/", "/affectations/", "/candidatures/a-traiter/", "/compte/organisations/",
          "/compte/connexion/", "/compte/inscription/", "/compte/rattachement/", "/compte/rattachement/demandes/", "/travaux/", "/reprises/")  # fmt: skip
MOST_VISITS, CURIOUS = 2, 4
"""The first few people open two pages of each kind, those who follow one: they read what the first have read."""
NOT_OURS = {"account_logout"}
"""Leaving is not filled in."""


def named(path):
    try:
        match = resolve(path)
    except Resolver404:
        return None
    return match.view_name


def met(client, seen, most):
    """The forms this person meets on their way, each once; of each kind of page they open `most` at most."""
    queue, walked, visits = deque(STARTS), set(), Counter()
    while queue:
        path = queue.popleft()
        name = named(urlsplit(path).path)
        if path in walked or name not in DOORS or visits[name] >= most:
            continue
        walked.add(path)
        visits[name] += 1
        client.raise_request_exception = True  # reading goes well: only what is sent is bad
        answer = client.get(path, follow=True)
        client.raise_request_exception = False
        if answer.streaming or not answer.headers["Content-Type"].startswith("text/html"):
            continue
        page = Forms(answer.content.decode(), answer.request["PATH_INFO"])
        queue.extend(page.links)
        for form in page.forms:
            target = named(form.action)
            shape = (target, tuple(sorted(re.sub(r"[\w-]{8,}|\d+", "…", one) for one in form.fields)))
            if target in DOORS and target not in NOT_OURS and shape not in seen:
                seen.add(shape)
                yield target, form


def send(client, path, data=b"", kind=None):
    """One request whose traces are undone: the next one finds the same world."""
    cookies = {key: morsel.value for key, morsel in client.cookies.items()}
    with transaction.atomic():
        answer = client.generic("POST", path, data, kind) if kind else client.post(path, data or {})
        transaction.set_rollback(True)
    client.cookies.clear()
    for key, value in cookies.items():
        client.cookies[key] = value
    return answer


def complaint(answer, form, text):
    """What is wrong with an answer, or nothing."""
    if answer.status_code in FINE or 300 <= answer.status_code < 400:
        return None
    if answer.status_code not in {200, 409, 422}:
        return f"answers {answer.status_code}"
    if not text or "\0" in text or "<h1" not in (page := html.unescape(answer.content.decode(errors="replace"))):
        return None
    asked = sum(one.kind in VISIBLE for one in form.fields.values())
    if page.count(text.strip()[:2_000]) < asked:
        return "loses what was typed"
    return None


UNSEEN = {
    "programme:file_answer": ("value", "revision", "do"),
    "programme:attachment_remove": ("reason",),
    "programme:attachment_put_back": ("reason",),
    "programme:attachment_replace": ("upload",),
    "programme:takeover": ("absent", "taker", "candidacies"),
    "programme:take_back": ("candidacies",),
    "programme:opinion": ("advice", "text", "do"),
    "accounts:cover": ("territory", "starts_on"),
    "accounts:uncover": ("ends_on",),
    "jobs:retry": ("again",),
    "usersessions_list": ("session",),
}
"""Doors whose forms this year does not show to these people: knocked at with what they read."""


def unseen():
    """The forms of these doors, and who may send them."""
    manager = Membership.objects.filter(role=Role.MANAGER).first().user
    attachment, opinion = Attachment.objects.latest("pk"), Opinion.objects.latest("pk")
    draft = Candidacy.objects.filter(status="draft").first()
    ids = {"attachment": attachment.public_id, "opinion": opinion.public_id, "file_answer": draft.public_id}
    people = {
        "attachment": attachment.candidacy.opened_by, "opinion": opinion.asked_of, "file_answer": draft.opened_by,
    }  # fmt: skip
    patterns = {name: pattern for name, pattern, _view in doors()}
    for door, names in UNSEEN.items():
        about = next((key for key in ids if key in door), "")
        given = {
            "public_id": ids.get(about, "2guess234567"),
            "key": "motivation",
            "code": "76",
            "batch": "2guess234567",
        }
        path = "/" + re.sub(r"<\w+:(\w+)>", lambda found, given=given: given[found[1]], patterns[door])
        yield door, people.get(about, manager), Form(path, {name: Field(name, "guessed") for name in names})


@pytest.mark.timeout(900)
@pytest.mark.usefixtures("france", "db")
def test_every_form_bears_bad_input(settings):
    settings.UPLOAD_MAX_BYTES = 100_000
    settings.ACCOUNT_RATE_LIMITS = False
    logging.disable(logging.CRITICAL)  # thousands of refusals say nothing more here
    found, seen, tried = [], set(), set()
    try:
        for number, (who, person) in enumerate(cast()):
            client = Client(raise_request_exception=False)
            if person:
                client.force_login(person)
            for door, form in met(client, seen, MOST_VISITS if number < CURIOUS else 1):
                tried.add(door)
                found += [f"{door} as {who}, {wrong}" for wrong in complaints(client, form)]
        for door, person, form in unseen():
            if door not in tried:
                client = Client(raise_request_exception=False)
                client.force_login(person)
                found += [f"{door}, unseen, {wrong}" for wrong in complaints(client, form)]
    finally:
        logging.disable(logging.NOTSET)
    assert len(tried) > 40, sorted(tried)
    assert not found, "\n".join(found)


def complaints(client, form):
    for wrong, text, data in bad_bodies(form):
        if words := complaint(send(client, form.action, data), form, text):
            yield f"{wrong}: {words}"
    # Bodies refused while they are read are refused before any database: once is enough.
    for wrong, body, kind in raw_bodies(form) if connection.vendor == "sqlite" else ():
        if words := complaint(send(client, form.action, body, kind), form, None):
            yield f"{wrong}: {words}"
