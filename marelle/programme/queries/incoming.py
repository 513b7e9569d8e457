"""What a mail that comes in says: to whom, from whom, the words that are new, and the files it carries.

Pure reading of bytes that anybody may have written: nothing here trusts a header, and nothing writes.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart
from email.utils import getaddresses
from html.parser import HTMLParser

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from mailparser_reply import EmailReplyParser

LONGEST_BODY = 200_000
"""Characters of a body that are read: quoted exchanges are long, what is new in them is not."""
LONGEST_HEADER = 10_000
"""Characters of each header that are read."""
MOST_FILES = 10

REASONS = {
    "other_sender": _("Il venait d’une autre adresse que la vôtre : répondez depuis celle de votre compte."),
    "not_allowed": _("Vous n’écrivez plus sur ce dossier."),
    "empty": _("Nous n’y avons pas trouvé de texte nouveau au-dessus du message cité."),
    "too_long": _("Il est trop long : raccourcissez-le, ou joignez-le comme document."),
}
"""Why a mail could not be taken, in words for the person who wrote it."""


@dataclass(frozen=True)
class IncomingFile:
    name: str
    content: bytes


@dataclass(frozen=True)
class Incoming:
    """A mail as read. `sender` is what it claims; `text` is what is new in it, the quoted part left out."""

    key: str
    """Its Message-ID, or a fingerprint when it has none: the same mail twice has the same key."""
    sender: str
    recipients: tuple[str, ...]
    text: str
    files: tuple[IncomingFile, ...]
    is_automatic: bool


def read(raw: bytes, *, recipient: str = "") -> Incoming:
    """A mail from its bytes, as an MTA hands it over. Never raises on what a stranger wrote."""
    try:
        return _read(raw, recipient)
    except RecursionError:  # Built to bring readers down, thousands of brackets or parts deep: it is for nobody.
        return Incoming(f"sha256:{hashlib.sha256(raw).hexdigest()}", "", (), "", (), is_automatic=True)


def _read(raw: bytes, recipient: str) -> Incoming:
    message = message_from_bytes(raw, policy=policy.default)
    assert isinstance(message, EmailMessage)
    # The standard library takes half a minute over twenty thousand addresses: no honest header is that long.
    message._headers = [(name, value[:LONGEST_HEADER]) for name, value in message._headers]  # type: ignore[attr-defined]
    return Incoming(
        key=_key(message, raw),
        sender=next(iter(_addresses(message, "From")), ""),
        recipients=tuple(
            dict.fromkeys(
                [
                    *([recipient] if recipient else []),
                    *_addresses(message, "Delivered-To", "X-Original-To", "Envelope-To", "To", "Cc"),
                ]
            )
        ),
        text=_new_words(_body(message)),
        files=tuple(_files(message))[:MOST_FILES],
        is_automatic=_is_automatic(message),
    )


def _header(message: EmailMessage, name: str) -> str:
    try:
        return str(message.get(name) or "")
    except Exception:  # The parser of the standard library raises on some hostile headers.
        return ""


def _key(message: EmailMessage, raw: bytes) -> str:
    said = _header(message, "Message-ID").strip()
    return said if 0 < len(said) <= 200 else f"sha256:{hashlib.sha256(said.encode() or raw).hexdigest()}"


def _addresses(message: EmailMessage, *names: str) -> list[str]:
    found = []
    for name in names:
        try:
            values = [str(value) for value in message.get_all(name, [])]
        except Exception:
            values = [value for key, value in message._headers if key.lower() == name.lower()]  # type: ignore[attr-defined]
        found += [address.strip().lower() for _name, address in getaddresses(values) if "@" in address]
    return found


def _is_automatic(message: EmailMessage) -> bool:
    """Absence notices, bounces, lists, and our own mails come round (RFC 3834, and what machines do besides)."""
    automatic = _header(message, "Auto-Submitted").lower()
    sender = next(iter(_addresses(message, "From")), "")
    return (
        (automatic != "" and not automatic.startswith("no"))
        or _header(message, "Precedence").strip().lower() in {"bulk", "junk", "list", "auto_reply"}
        or any(message.get(name) is not None for name in ("X-Autoreply", "X-Autorespond", "List-Id", "X-Marelle"))
        or _header(message, "Return-Path").strip() == "<>"
        or message.get_content_type() in {"multipart/report", "message/delivery-status"}
        or sender.partition("@")[0] in {"mailer-daemon", "postmaster", "no-reply", "noreply"}
        or sender in getaddresses([settings.DEFAULT_FROM_EMAIL])[0][1].lower().split()
        or bool(
            re.match(
                r"\s*(réponse automatique|absence|absent(e)? du bureau|automatic reply|out of office)\b",
                _header(message, "Subject"),
                re.IGNORECASE,
            )
        )
    )


def _body(message: EmailMessage) -> str:
    for kind in ("plain", "html"):
        try:
            part = message.get_body(preferencelist=(kind,))
        except Exception:
            part = None
        if part is not None:
            text = _decoded(part)
            if kind == "html":
                text = _words_of(text)
            if text.strip():
                return text[:LONGEST_BODY]
    return ""


def _decoded(part: MIMEPart) -> str:
    """The text of a part in the charset it claims; Latin-1 when that is unknown or wrong: no byte is lost."""
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    charset = part.get_content_charset() or "utf-8"
    for encoding in (charset, "utf-8"):
        try:
            return content.decode(encoding)
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
    return content.decode("latin-1")


ATTRIBUTION = re.compile(r"^(?:le|on)\b.{0,400}\b(?:a\s+écrit|wrote)\W{0,3}$", re.IGNORECASE)
A_MOMENT_OR_ADDRESS = re.compile(r"\d{1,2}\s?[:h]\s?\d{2}|\S@\S")
BANNER = re.compile(
    r"^-{2,}\s*(?:message d.origine|message original|message transféré|original message|forwarded message)",
    re.IGNORECASE,
)
FROM_LINE = re.compile(r"^\W{0,3}(?:de|from)\s{0,2}:", re.IGNORECASE)
SENT_LINE = re.compile(r"^\W{0,3}(?:envoyé|sent|date|à|to)\s{0,2}:", re.IGNORECASE)
RULED = re.compile(r"[_-]{5,}")
FOOTER = re.compile(r"^(?:envoyé (?:de|depuis) mon|sent from my)\b", re.IGNORECASE)


def _new_words(body: str) -> str:
    """What was typed above the quoted message, its quoted lines and what the device signs left out.

    The library knows English; French programs write the line above a quotation in more ways than it does."""
    body = body.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    lines = [line[:2000] for line in body.split("\n")[:4000]]
    typed: list[str] = []
    for number, line in enumerate(lines):
        if _begins_a_quotation(lines, number):
            break
        if not (line.startswith(">") or RULED.fullmatch(line.strip()) or FOOTER.match(line.strip())):
            typed.append(line)
    reply = EmailReplyParser(languages=["en"]).parse_reply("\n".join(typed)) or ""
    return reply.strip()


def _begins_a_quotation(lines: list[str], number: int) -> bool:
    """Whether what follows was written by someone else: « Le mardi… a écrit : » on one line or folded over two or
    three, a banner, or the header of the message answered."""
    line = lines[number].strip()
    if line == "--" or BANNER.match(line):
        return True
    if FROM_LINE.match(line):
        return any(SENT_LINE.match(next_.strip()) for next_ in lines[number + 1 : number + 3])
    if not re.match(r"(?:le|on)\b", line, re.IGNORECASE):
        return False
    folded = (" ".join(one.strip() for one in lines[number : number + count]) for count in (1, 2, 3))
    return any(ATTRIBUTION.match(one) and A_MOMENT_OR_ADDRESS.search(one) for one in folded)


def _files(message: EmailMessage) -> Iterator[IncomingFile]:
    """Files a person joined. A logo within a signature is not one."""
    for part in message.walk():
        if part.is_multipart():
            continue
        try:
            name = part.get_filename() or ""
        except Exception:
            name = ""
        is_inline_picture = part.get_content_maintype() == "image" and (
            part.get_content_disposition() == "inline" or part.get("Content-ID") is not None
        )
        if is_inline_picture or not (name or part.get_content_disposition() == "attachment"):
            continue
        content = part.get_payload(decode=True)
        if isinstance(content, bytes) and content:
            name = re.sub(r"[\x00-\x1f\x7f/\\]+", " ", name).strip()[-150:] or "piece-jointe"
            yield IncomingFile(name, content)


class _Words(HTMLParser):
    """The words of an HTML mail, line by line, what it quotes left out."""

    SILENT = {"style", "script", "head", "title", "blockquote"}
    BREAKS = {"p", "div", "br", "li", "tr", "h1", "h2", "h3"}

    def __init__(self):
        super().__init__()
        self.words: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag, attributes):
        quoted = tag == "div" and "gmail_quote" in (dict(attributes).get("class") or "")
        if tag in self.SILENT or quoted or (self.silent and tag == "div"):
            self.silent += 1
        elif tag in self.BREAKS:
            self.words.append("\n")

    def handle_endtag(self, tag):
        if self.silent and (tag in self.SILENT or tag == "div"):
            self.silent -= 1
        elif tag in self.BREAKS:
            self.words.append("\n")

    def handle_data(self, data):
        if not self.silent:
            self.words.append(re.sub(r"\s+", " ", data))


def _words_of(html: str) -> str:
    parser = _Words()
    parser.feed(html[: 4 * LONGEST_BODY])
    return re.sub(r" *\n\s*\n+ *", "\n\n", "".join(parser.words)).strip()
