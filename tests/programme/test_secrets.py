"""What the team says among itself never reaches those it is not for: every door that can be read, every mail, every
paper, before and after the decision that froze it."""

import io
import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from pypdf import PdfReader

from marelle.accounts.enums import Role
from marelle.audit.models import Entry
from marelle.notifications.models import Mail
from marelle.programme.actions import (
    agreements,
    commission,
    conflicts,
    decisions,
    deliberations,
    notes,
    opinions,
    titles,
)
from marelle.programme.enums import Advice, Status
from tests.accounts.factories import lead_of, member_of, national, of_delegation
from tests.house.doors import DOORS
from tests.house.test_doors import doors
from tests.programme.lives import a_file, submitted, verdict
from tests.territories.factories import DepartementFactory, TerritoryFactory

CONFIDENTIAL, ASKED, SHARED, NOTE, TIE = "zsecretconf", "zsecretask", "zsecretpart", "zsecretnote", "zsecretlien"
ALL = {CONFIDENTIAL, ASKED, SHARED, NOTE, TIE}
READS = {
    "lead": set(), "elected": set(), "contributor": set(), "signatory": set(),
    "expert": {CONFIDENTIAL, ASKED},
    "volunteer": {SHARED, NOTE}, "head": {SHARED, NOTE},
    "adviser": {CONFIDENTIAL, ASKED, SHARED, NOTE},
    "manager": ALL,
}  # fmt: skip
"""Exactly what each person finds on some page: those who may read it do, so that the others' silence means something."""


@pytest.fixture
def people(db):
    here = TerritoryFactory(departement=DepartementFactory())
    candidacy = submitted(Status.UNDER_REVIEW, organisation__territory=here)
    team = candidacy.organisation
    return candidacy, {
        "lead": lead_of(team),
        "elected": member_of(team, Role.ELECTED),
        "contributor": member_of(team, Role.CONTRIBUTOR),
        "signatory": member_of(team, Role.SIGNATORY),
        "expert": national(Role.EXPERT),
        "volunteer": of_delegation(Role.VOLUNTEER, covers=[here.departement]),
        "head": of_delegation(Role.HEAD, covers=[here.departement]),
        "adviser": national(Role.ADVISER),
        "manager": national(Role.MANAGER),
    }


@pytest.fixture
def told(people, at, commit):
    """The secrets, each said where it is said in real life."""
    candidacy, who = people
    for asked_of, is_confidential, text in (("expert", True, CONFIDENTIAL), ("volunteer", False, SHARED)):
        with commit():
            opinion = opinions.ask(
                candidacy=candidacy, asked_of=who[asked_of], question=ASKED if is_confidential else "",
                is_confidential=is_confidential, due_on=at.date() + timedelta(days=9), by=who["manager"], at=at,
            )  # fmt: skip
        with commit():
            opinions.give(opinion=opinion, advice=Advice.RESERVED, text=text, by=who[asked_of], at=at)
    with commit():
        notes.add(candidacy=candidacy, text=NOTE, by=who["adviser"], at=at)
        conflicts.declare(candidacy=candidacy, reason=TIE, by=national(Role.ADVISER), at=at)
    return people


def to_the_title(candidacy, who, at):
    by, lead = {"by": who["manager"], "at": at}, who["lead"]
    commission.send_to_commission(candidacy=candidacy, commission_on=at.date(), hearing_at=None, **by)
    decisions.decide(candidacy=candidacy, verdict=verdict(), seen=0, **by)
    agreements.make_agreement(candidacy=candidacy, by=lead, at=at)
    deliberations.record_deliberation(
        candidacy=candidacy, number="9-7", held_on=date(2026, 11, 20), council="Conseil municipal",
        document=a_file(lead), by=lead, at=at,
    )  # fmt: skip
    agreements.bring_signed(
        candidacy=candidacy, document=a_file(lead, "s.pdf"), signed_on=date(2026, 11, 22), signed_by_name="N. L.",
        by=lead, at=at,
    )  # fmt: skip
    titles.grant(candidacy=candidacy, **by)


def addresses(candidacy):
    """Every page that can be read about this candidacy, whatever it is named by; and the pages named by nothing."""
    ids = {
        "candidatures": [candidacy.public_id],
        "dossiers": [candidacy.public_id],
        "decisions": [one.public_id for one in candidacy.decisions.all()],
        "avis": [one.public_id for one in candidacy.opinions.all()],
        "titres": [candidacy.title.public_id] if hasattr(candidacy, "title") else [],
    }
    file_id = candidacy.submissions.get().content["documents"]["deliberation"][0]["file"]
    others = {"key": "motivation", "number": 1, "file_id": file_id}
    for name, pattern, _view in doors():
        if not name.startswith(("programme:", "portal:")) or name not in DOORS:
            continue
        wanted = re.findall(r"<(?:\w+:)?(\w+)>", pattern)
        if not wanted:
            yield reverse(name)
        elif set(wanted) <= {"public_id", *others}:
            for public_id in ids.get(pattern.split("/")[0], []):
                given = {"public_id": public_id, **others}
                yield reverse(name, kwargs={key: given[key] for key in wanted})
    place = candidacy.territory
    yield place.get_absolute_url()
    yield reverse("portal:collectivite", args=[candidacy.organisation.public_id])
    yield f"/api/v1/territories/{place.code}"


def words_of(answer):
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if answer.headers.get("Content-Type", "").startswith("application/pdf") and len(body) > 100:
        return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages)
    return body.decode(errors="replace")


@pytest.mark.parametrize("state", [Status.UNDER_REVIEW, Status.TITLED])
def test_each_person_reads_what_is_for_them_and_nothing_else(told, at, client, state, time_machine):
    time_machine.move_to(at, tick=False)
    candidacy, who = told
    if state == Status.TITLED:
        to_the_title(candidacy, who, at)
        candidacy.refresh_from_db()
    pages = sorted(set(addresses(candidacy)))
    assert len(pages) > 35
    found = {}
    for name, person in who.items():
        client.force_login(person)
        found[name] = set()
        for url in pages:
            answer = client.get(url)
            assert answer.status_code < 500, (name, url)
            if answer.status_code == 200:
                here = {one for one in ALL if one in words_of(answer)}
                assert here <= READS[name], (name, url, here - READS[name])
                found[name] |= here
    assert found == READS
    client.logout()
    for url in pages:
        answer = client.get(url)
        assert answer.status_code != 200 or not any(one in words_of(answer) for one in ALL), url


def test_no_mail_carries_them_but_the_question_to_the_person_asked(told, mailoutbox, at, commit):
    candidacy, who = told
    with commit():
        to_the_title(candidacy, who, at)
    assert {mail.to[0] for mail in mailoutbox if ASKED in mail.body} == {who["expert"].email}
    for mail in mailoutbox:
        whole = mail.subject + mail.body + str(mail.alternatives)
        assert not [one for one in ALL - {ASKED} if one in whole], mail.subject
    kept = " ".join(str(row) for row in Mail.objects.values("facts"))
    assert not [one for one in ALL if one in kept]


def test_the_audit_knows_that_they_were_said_not_what(told, at):
    candidacy, who = told
    to_the_title(candidacy, who, at)
    log = " ".join(str(one) for one in Entry.objects.values_list("details", flat=True))
    assert not [one for one in ALL if one in log]
