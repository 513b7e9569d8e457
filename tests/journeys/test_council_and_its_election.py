"""A council, its members and their consents, its election: every page on a desktop and on a phone, without a script."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from marelle.ballots.actions import casting
from marelle.participation.actions import elections
from marelle.participation.models import Candidate, Council, Election, Member, Session
from tests.accounts.factories import CollectiviteFactory, lead_of
from tests.participation.councils.factories import CouncilFactory, TermFactory, sitting

CANDIDATES = (("Ana", "chat"), ("Bilal", "lion"), ("Chloé", "souris"))


def at(name, thing):
    return reverse(f"participation:{name}", args=[thing.public_id])


def fill(page, **values):
    for name, value in values.items():
        page.locator(f"[name={name}]").first.fill(value)


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_from_nothing_to_those_elected_without_a_script(browse, phone):
    rouen = CollectiviteFactory(territory__name="Rouen")
    page = browse(user=lead_of(rouen), phone=phone, javascript=False)
    page.goto("/conseils/")
    page.get_by_role("link", name="Créer un conseil").click()
    fill(page, name="Conseil d’enfants de Rouen", purpose="Dire ce que nous pensons de la ville.")
    page.get_by_label("conseil d’enfants", exact=True).check()
    page.locator("[name=is_public]").check()
    page.get_by_role("button", name="Créer le conseil").click()
    fill(page, starts_on="2026-09-01", ends_on="2027-08-31")
    page.get_by_role("button", name="Ouvrir le mandat").click()
    page.get_by_role("link", name="Inscrire un membre").click()
    fill(page, first_name="Lina", last_name="Martin", birth_year="2016", school="École Jean-Zay")
    page.locator("[name=is_shown]").check()
    page.get_by_role("button", name="Inscrire", exact=True).click()
    for name in ("by_child", "by_guardians"):
        page.locator(f"[name={name}]").check()
    page.get_by_role("button", name="Noter l’accord").click()
    page.get_by_text("L’accord est noté.").wait_for()
    council = Council.objects.get()
    page.goto(at("council", council) + "?public")
    page.get_by_text("Lina").wait_for()

    page.goto(at("election_create", council))
    fill(page, title="Élection du conseil", seats="1", starts_on="2026-11-24", ends_on="2026-12-04")
    page.get_by_role("button", name="Préparer l’élection").click()
    for name, picto in CANDIDATES:
        page.get_by_role("link", name="Inscrire une candidature").click()
        fill(page, first_name=name, school="CM1", picto=picto, promise="Plus de jeux dans la cour")
        page.locator("[name=has_consent]").check()
        page.get_by_role("button", name="Enregistrer", exact=True).click()
    page.get_by_role("button", name="Ouvrir le vote").click()
    page.get_by_role("link", name="Ouvrir le vote d’une classe").click()
    fill(page, title="CM1 B", roll="6")
    page.get_by_role("button", name="Ouvrir le vote de cette classe").click()
    page.get_by_text("Le vote de CM1 B est ouvert.").wait_for()
    election, session = Election.objects.get(), Session.objects.get()
    keys = {one.first_name: one.key for one in Candidate.objects.all()}
    codes = list(session.station.tickets.values_list("code", flat=True))
    for number, name in enumerate(["Ana", "Ana", "Ana", "Bilal", "Chloé"]):
        casting.cast(
            station=session.station, answers={"candidates": [keys[name]]}, words={}, ticket=codes[number],
            sending=f"a-random-sending-{number:04}", at=timezone.now(),
        )  # fmt: skip
    page.goto(at("election", election))
    page.get_by_role("button", name="Clore et compter le vote").click()
    page.get_by_role("button", name="Annoncer le résultat").click()
    page.get_by_role("button", name="Inscrire les élus").click()
    assert sorted(Member.objects.values_list("first_name", flat=True)) == ["Ana", "Lina"]
    page.goto(at("election", election) + "?public")
    page.get_by_text("3 voix").wait_for()
    assert "Bilal" not in page.content()


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_every_page_of_a_council_can_be_read_by_everyone(browse, axe, phone):
    rouen = CollectiviteFactory(territory__name="Rouen")
    lead = lead_of(rouen)
    council = CouncilFactory(organisation=rouen, name="Conseil de jeunes de Rouen", kind="youth", is_public=True)
    term = TermFactory(council=council, women=4, men=2, handover="Finir la cour.")
    members = [
        sitting(term, first_name="Lina", is_shown=True),
        sitting(term, first_name="Tom", valid_until=date(2027, 1, 10)),
        sitting(term, first_name="Zoé", left_on=date(2026, 10, 1)),
        sitting(term, first_name="Max", valid_until=date(2026, 11, 1)),
    ]
    now = timezone.now()
    election = elections.create(
        council=council,
        title="Élection",
        seats=1,
        votes_each=1,
        starts_on=now.date(),
        ends_on=now.date(),
        by=lead,
        at=now,
    )
    page = browse(user=lead, phone=phone)
    for path in (
        "/conseils/", at("council", council), at("council", council) + "?public", at("council_change", council),
        at("council_term_start", council), at("term", term), at("member_add", term), at("member", members[1]),
        at("member_erase", members[1]), at("election_create", council), at("election", election),
        at("election_change", election), at("candidate_add", election), at("election_class", election),
        at("election_lots", election), reverse("participation:council_create"),
    ):  # fmt: skip
        page.goto(path)
        axe(page)
