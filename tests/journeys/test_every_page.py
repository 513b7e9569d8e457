"""Every page of a small but whole world, read by whoever it is for: on a desktop, then on a phone.

The world is one demonstration year of a few towns, one for each fate worth a page, made by the product's own actions.
Each reader starts from the first page and follows every link; a page (a URL name) is judged once, by the first who
reaches it. What no link reaches from this world is listed below with the reason, so that a new page cannot hide.
"""

import html
import re
from collections import deque
from urllib.parse import urljoin, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.urls import resolve, reverse
from django.utils import timezone

from marelle.accounts.enums import Kind, Role
from marelle.accounts.models import Membership, Organisation, User
from marelle.ballots.actions import bundles
from marelle.ballots.enums import Mode
from marelle.demo.actions import year
from marelle.demo.fates import ROUEN, Fate
from marelle.library.actions import reference, shelves
from marelle.library.enums import PracticeState
from marelle.library.models import GuideEdition
from marelle.library.queries.guides import content_of
from marelle.library.rules.shelves import Holder
from marelle.participation.actions import consultations
from marelle.participation.models import Consultation, Session
from marelle.participation.queries.consultations import overdue
from marelle.programme.enums import Status
from marelle.programme.models import Candidacy
from tests.demo.small import small_plan
from tests.house.doors import DOORS
from tests.library.factories import (
    AT,
    GuideFactory,
    PracticeFactory,
    ResourceFileFactory,
    kit_of,
)

FATES = [
    Fate.INTERESTED, Fate.HALF_WRITTEN, Fate.UNDER_REVIEW, Fate.CORRECTION, Fate.COMMISSION, Fate.PROBATION,
    Fate.SIGNED, Fate.TITLED,
]  # fmt: skip
"""What the readers of the world meet: each opens pages that the others do not have."""

NEVER_LINKED = {
    "an action, by POST only": """
        library:watch library:kit_prepare library:file_act library:consent_withdraw library:video_remove
        library:import_run library:import_drop
        account_logout accounts:claim_accept accounts:claim_refuse accounts:claim_withdraw accounts:cover
        accounts:follow accounts:invite accounts:invitation_accept accounts:invitation_resend
        accounts:invitation_revoke accounts:membership_end accounts:uncover jobs:retry mfa_deactivate_totp
        mfa_edit_webauthn mfa_generate_recovery_codes mfa_remove_webauthn portal:funnel_export programme:add_note
        programme:agreement_make programme:ask_correction programme:attachment_add programme:attachment_put_back
        programme:attachment_remove programme:attachment_replace programme:cancel_correction programme:confirm
        programme:confirm_many programme:file_answer programme:file_submit programme:lift_conflict
        programme:network_confirm programme:network_leave programme:network_refuse programme:open_review
        programme:remind_opinion programme:settle_message programme:take_back programme:task_confirm
        programme:task_done programme:task_reopen programme:title_grant session_end
        participation:session_reopen participation:session_roll participation:session_redo_tickets
        participation:session_unlock participation:paper_drop participation:child_ticket participation:consultation_open
        participation:consultation_adjust participation:consultation_close participation:consultation_cancel
        participation:consultation_thank participation:questionnaire_act participation:question_sound
        participation:verbatims_csv participation:verbatims_together participation:verbatims_undo
        participation:verbatim_refuse participation:verbatim_put_back participation:alert_read participation:alert_take
        participation:alert_note participation:alert_close participation:alert_reopen participation:alert_give_back
        participation:results_prepare participation:results_drop participation:results_publish
        participation:proposal_word participation:proposal_publish participation:proposal_answer
        participation:proposal_finish participation:proposal_withdraw participation:proposal_join
        participation:proposal_separate participation:proposal_support participation:proposal_support_group
        participation:proposal_support_close participation:member_leave participation:member_come_back
        participation:consent_give participation:consent_withdraw participation:consent_put_back
        participation:consent_drop participation:council_end participation:council_revive participation:council_list
        participation:election_drop participation:election_open participation:election_close
        participation:election_counts participation:election_announce participation:election_install
        participation:election_minutes participation:candidate_remove participation:candidate_withdraw
        library:practice_contact_withdraw library:practice_submit library:practice_take_back library:practice_change
        library:practice_give_up library:practice_reopen library:practice_archive library:practice_confirm
        library:practice_answer library:practice_take_up library:practice_let_go library:practice_hold
        library:practice_release library:practice_comment library:practice_return library:practice_publish
        library:reading_list_arrange library:reading_lists_adopt
    """,
    "a file": """
        accounts:claim_document accounts:export jobs:result mfa_download_recovery_codes portal:portfolio_csv
        programme:agreement programme:agreement_signed programme:attachment programme:deliberation_document
        programme:file_pdf programme:judged_document programme:message_document programme:network_attestation
        programme:receipt programme:review_document participation:sessions_csv participation:session_tickets
        participation:paper_questionnaire participation:paper_tally participation:results_poster
        participation:results_csv participation:results_zip participation:session_results_pdf
        participation:proposals_csv participation:proposal_sheet participation:council_consent_paper
        participation:consent_document participation:election_cards participation:election_ballot
        participation:recording participation:child_sound library:catalogue_csv library:practices_csv library:file library:version library:page_picture library:kit_zip
        library:guide_edition_pdf
        library:picture library:consent_proof library:video_film library:video_captions library:video_transcript
        library:reading_list_code library:resource_uses_csv
        library:import_template library:import_report
    """,
    "for machines": """
        api:live api:ready api:openapi-json api:territories api:territory api:territory_proposals api:api-root
        participation:child_worker portal:news_feed portal:agenda_calendar portal:event_calendar portal:sitemap
        portal:robots portal:home_card portal:social_card
    """,
    "a step of signing in or of proving who one is, walked by the accounts' own journeys": """
        account_confirm_login_code account_email_verification_sent account_inactive accounts:confirm
        accounts:invitation mfa_activate_totp mfa_add_webauthn mfa_authenticate mfa_list_webauthn mfa_login_webauthn
        mfa_reauthenticate mfa_reauthenticate_webauthn mfa_view_recovery_codes proconnect_callback proconnect_login
        account_request_login_code socialaccount_login_cancelled
    """,
    "about a past this world does not have, walked where it is made": """
        jobs:detail programme:file_versions programme:version_difference programme:deliberation
        programme:network_join_for participation:election_class participation:election_lots
    """,
    "by a signed link of a mail, walked by the tests of practices, searches and files": """
        library:practice_contact library:search_confirm library:search_stop library:watch_stop
    """,
    "by an address that its holder keeps, walked in `tests/library/shelves`": "library:reading_list_key",
    "about a table that nobody brought in this world, walked in tests/library/imports": "library:import",
    "sends on to another page": "portal:my_file portal:territory_by_code",
    "a partial answer inside a page": """
        programme:asked participation:session_progress participation:pictograms library:search_suggestions
    """,
    "reached from the back office of the site, read in `tests/library/media`": """
        library:picture_consents library:video_consents library:video_edit
    """,
    "printed on a family's paper": "library:consent_family",
    "shown inside another page, in a frame": "participation:questionnaire_phone",
}
EXCUSED = {name for names in NEVER_LINKED.values() for name in names.split()}

LINK = re.compile(r'<a\b[^>]*\bhref="([^"]+)"')
WINDOWS = ((390, 844), (1280, 900))
"""A phone, a desktop. What is drawn is the same from either engine: on PostgreSQL each page is read, not drawn twice."""
JUDGE = """() => ({
    title: document.title,
    headings: document.querySelectorAll('h1').length,
    links: [...document.querySelectorAll('a[href]')].map(link => link.getAttribute('href')),
})"""


@pytest.fixture
def world(live_server, settings):
    settings.DEMO = True
    now = timezone.now()
    reference.load(by=None, at=now)
    year.make(seed=7, at=now, towns=small_plan(FATES))
    still_to_finish(now)
    on_the_shelves()


def on_the_shelves():
    """Practices of Rouen: public, waiting for its reviewer, half written. A guide and its first edition, a kit with a
    file, and a list of Rouen's lead."""
    rouen = Organisation.objects.get(kind=Kind.COLLECTIVITE, territory__code=ROUEN)
    PracticeFactory(organisation=rouen, published=True, themes=["cadre-de-vie"], title="La cour fraîche")
    PracticeFactory(
        organisation=rouen, whole=True, themes=["cadre-de-vie"], title="Le conseil du mercredi",
        state=PracticeState.SUBMITTED, submitted_at=AT,
    )  # fmt: skip
    PracticeFactory(organisation=rouen, title="Le banc de l’amitié", themes=["cadre-de-vie"])
    walk = ResourceFileFactory(resource__title="La carte des cachettes").resource
    kit = kit_of(walk, live=True, title="Le kit du mercredi")
    ResourceFileFactory(resource=kit)
    lead = Membership.objects.get(organisation=rouen, role=Role.LEAD).user
    kept, _key = shelves.begin(title="Pour mardi", by=Holder(lead, {}), at=AT)
    shelves.add(reading_list=kept, resource=kit, by=Holder(lead, {}), at=AT)
    guide = GuideFactory(live=True, themes=["participation"], articles=[12])
    GuideEdition.objects.create(
        guide=guide, number=1, title=guide.title, content=content_of(guide), digest="0" * 64, published_at=AT
    )


def still_to_finish(now):
    """What somebody of Rouen left for tomorrow: a consultation not opened yet, and sheets typed in but not confirmed."""
    asked = Consultation.objects.get(organisation__territory__code=ROUEN)
    consultations.create(
        organisation=asked.organisation, title="Et la cantine\u202f?", why="On change de cuisine.", draft=asked.draft,
        by=asked.created_by, at=now,
    )  # fmt: skip
    paper = Session.objects.get(station__mode=Mode.PAPER)
    bundles.enter(station=paper.station, age_band="6-8", sheets=1, cells={"aimer": {"3": 1}}, at=now)


def readers():
    """Who reads, in order: anyone, then each role; then the lead of a town at each state."""
    yield None
    team = Membership.objects.select_related("user").order_by("pk")
    for role in (
        Role.FACILITATOR,
        Role.DIRECTOR,
        Role.SAFEGUARDING,
        Role.MANAGER,
        Role.ADVISER,
        Role.HEAD,
        Role.VOLUNTEER,
        Role.PUBLISHER,
    ):
        yield team.filter(role=role).first().user
    yield User.objects.filter(memberships=None, is_fictitious=True).order_by("pk").first()
    for status in Status:
        found = Candidacy.objects.filter(status=status).order_by("pk").first()
        if found:
            yield team.filter(role=Role.LEAD, organisation=found.organisation).first().user
    yield team.filter(role=Role.LEAD, organisation__territory__name="Rouen").first().user
    yield team.filter(role=Role.LEAD, organisation__territory__name="Village 3").first().user
    yield overdue(timezone.localdate()).first().created_by


def doors_of_the_team(reader):
    """A manager has to do with every candidacy, whatever its state. Who publishes has doors in the back office."""
    if reader and reader.memberships.filter(role=Role.PUBLISHER).exists():
        yield from map(reverse, ("library:imports", "library:consents", "library:videos", "library:video_add"))
    if reader and reader.memberships.filter(role=Role.MANAGER).exists():
        found = sorted(Candidacy.objects.order_by("pk"), key=lambda one: one.status != Status.UNDER_REVIEW)
        yield from (f"/candidatures/{one.public_id}/" for one in found)


def doors_of_children(reader):
    """A child types the code that is on the wall; adults have their own groups and consultations before them."""
    if reader is None:
        code = Session.objects.get(station__mode=Mode.TICKETS, station__closed_at=None).station.code
        yield from ("/s/", "/s/aide/", f"/s/{code}/", f"/s/{code}/merci/")
        return
    for one in Consultation.objects.filter(stewards__user=reader).distinct().order_by("-pk"):
        yield f"/consultations/{one.public_id}/"
    for one in Session.objects.filter(opened_by=reader).exclude(station__closed_at__lt=timezone.now()).order_by("pk"):
        yield f"/seances/{one.public_id}/"


def leading_on(here, links):
    """Where these links lead, on this site."""
    split = (urlsplit(urljoin(here, html.unescape(link))) for link in links)
    return [one._replace(fragment="").geturl() for one in split if not one.scheme and not one.netloc]


@pytest.mark.timeout(900)
def test_every_page_is_sound(browse, world, axe):
    titles: dict[str, str] = {}
    judged: set[str] = set()
    wrong: list[str] = []
    for reader in readers():
        page, client = browse(user=reader), Client()
        if reader:
            client.force_login(reader)
        errors: list[str] = []
        page.on("console", lambda message, errors=errors: errors.append(message.text) if message.type == "error" else 0)
        starts = ["/", "/tableau-de-bord/", "/compte/connexion/", "/recherche/?q=kit"]
        waiting = deque([*starts, *doors_of_the_team(reader), *doors_of_children(reader)])
        met: set[str] = set()
        led: dict[str, str] = {}
        while waiting:
            path = waiting.popleft()
            name = resolve(urlsplit(path).path).view_name
            if name in EXCUSED or name not in DOORS or (name in judged and name not in CROSSROADS):
                continue
            once = path if name in EACH else name
            if once in met:
                continue
            met.add(once)
            if name in judged:  # only its links are of interest: nothing needs drawing
                again = client.get(path, follow=True)
                onward = leading_on(again.request["PATH_INFO"], LINK.findall(again.content.decode()))
                led = dict.fromkeys(onward, path) | led
                waiting.extend(onward)
                continue
            answer = page.goto(path)
            here = urlsplit(page.url).path
            found = page.evaluate(JUDGE)
            onward = leading_on(here, found["links"])
            led = dict.fromkeys(onward, here) | led
            waiting.extend(onward)
            name = resolve(here).view_name
            if name in judged:
                continue
            judged.add(name)
            if answer.status != 200:
                wrong.append(f"{here} answered {answer.status} to {reader}, led by {led.get(path)}")
            if found["headings"] != 1:
                wrong.append(f"{here} has {found['headings']} h1")
            if not found["title"].endswith("Marelle") and name != "portal:home" and not name.startswith(CHILD):
                wrong.append(f"{here} is called {found['title']}")
            if titles.setdefault(found["title"], name) != name:
                wrong.append(f"{here} is called like {titles[found['title']]}: {found['title']}")
            for width, height in WINDOWS if connection.vendor == "sqlite" else ():
                page.set_viewport_size({"width": width, "height": height})
                try:
                    axe(page)
                except AssertionError as barrier:
                    wrong.append(f"at {width} px, {barrier}")
            if errors:
                wrong.append(f"{here}: {errors}")
                errors.clear()
        page.context.close()
    wrong += [f"nobody reached {name}" for name in sorted(set(DOORS) - EXCUSED - judged)]
    assert not wrong, "\n".join(wrong)


CROSSROADS = {
    "portal:home", "portal:dashboard", "portal:collectivite", "portal:portfolio", "programme:candidacy",
    "programme:waiting", "programme:review", "programme:file", "accounts:me", "accounts:claims", "accounts:organisations", "programme:network_join", "programme:opinions",
    "participation:consultations", "participation:consultation", "participation:questionnaire",
    "participation:sessions", "participation:session", "participation:proposals_desk", "participation:verbatims",
    "participation:verbatim_queue", "participation:councils", "participation:council", "participation:election",
    "portal:resources", "library:catalogue", "library:resource", "library:kit", "library:reading_lists", "library:practice_queue",
    "library:practices", "library:practice", "library:practices_ours", "library:guides", "library:guide",
}  # fmt: skip
"""Pages whose links depend on who reads them: each reader goes through them again, without judging them again."""

EACH = {"programme:candidacy", "programme:review", "participation:consultation", "participation:session"}
"""Of these, one is not like another: every one that a reader meets is gone through."""

CHILD = "participation:child_"
"""A child's page is called in the child's words, and nothing else: a screen reader says its name first."""
