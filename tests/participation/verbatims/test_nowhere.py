"""What waits, was refused or is held appears in no page, export, search, mail or log that anybody else can reach."""

import re

import pytest
from django.core import mail
from django.urls import URLResolver, get_resolver

from marelle.accounts.enums import Role
from marelle.audit.models import Entry
from marelle.notifications.models import Mail
from marelle.participation.actions import consultations, verbatims
from tests.accounts.factories import lead_of, national
from tests.participation.factories import AT
from tests.participation.words import alert_of, approved, moderator_of, waiting

SENTINEL = "xyloglyphe"
PUBLISHED = "Un banc zirconien"


NOT_ABOUT_CHILDREN = {"programme", "accounts"}
"""Apps below, which know nothing of children's words; the doors of libraries have no namespace of ours."""


def addresses(known, resolver=None, prefix=""):
    """Every address, of participation and of what is above it, that can be written with what we know of this world."""
    for entry in (resolver or get_resolver()).url_patterns:
        if getattr(entry, "namespace", "") in NOT_ABOUT_CHILDREN or prefix + str(entry.pattern) == "compte/":
            continue
        pattern = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from addresses(known, entry, pattern)
            continue
        names = re.findall(r"<(?:\w+:)?(\w+)>", pattern)
        if not names:
            yield "/" + pattern
        elif all(name in {"public_id", "code"} for name in names):
            for one in known:
                yield "/" + re.sub(r"<(?:\w+:)?\w+>", one, pattern)


@pytest.mark.django_db
def test_nothing_but_the_approved_wording_leaves(client, session, commit):
    consultation = session.consultation
    moderator = moderator_of(consultation)
    with commit():
        waiting(session, f"attend {SENTINEL}")
        verbatims.refuse(verbatim=waiting(session, f"nul {SENTINEL}"), reason="hurtful", seen=0, by=moderator, at=AT)
        alert_of(session, f"papa me frappe {SENTINEL}")
        approved(session, PUBLISHED, text=f"{PUBLISHED} {SENTINEL}")
        consultations.close(consultation=consultation, by=moderator, at=AT)
        consultations.answer(
            consultation=consultation,
            text="Merci, un banc sera posé.",
            answered_by="Nadia Lefèvre",
            by=moderator,
            at=AT,
        )
    readers = {
        "nobody": None,
        "lead": lead_of(consultation.organisation),
        "manager": national(Role.MANAGER),
    }
    known = {consultation.public_id, session.public_id, session.station.code, consultation.organisation.public_id}
    read = 0
    for who, user in readers.items():
        client.logout()
        if user:
            client.force_login(user)
        for url in sorted({*addresses(known)}):
            if "deconnexion" in url or "logout" in url:
                continue
            answer = client.get(url)
            if answer.status_code == 200 and not answer.streaming:
                read += 1
                assert SENTINEL.encode() not in answer.content, (who, url)
    assert read > 30
    client.force_login(readers["lead"])
    csv = client.post(f"/consultations/{consultation.public_id}/paroles.csv").content.decode("utf-8-sig")
    assert PUBLISHED in csv
    assert SENTINEL not in csv
    for message in mail.outbox:
        assert SENTINEL not in message.subject + message.body + "".join(part for part, _ in message.alternatives)
    assert not any(SENTINEL in str(one.details) for one in Entry.objects.all())
    assert not Mail.objects.filter(facts__icontains=SENTINEL).exists()
