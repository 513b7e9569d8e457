"""Rouen and its métropole, from the first intention to the published title: two files, nine people, one correction."""

import re
from datetime import timedelta

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from marelle.accounts.enums import Role
from marelle.programme.actions import answers, candidacies
from marelle.programme.actions.answers import Typed
from marelle.programme.enums import Status
from marelle.programme.models import Answer, Candidacy, Title
from tests.accounts.factories import CollectiviteFactory, lead_of, member_of, national, of_delegation
from tests.programme.factories import COMPLETE, RouteVersionFactory
from tests.territories.factories import DepartementFactory, EpciFactory, TerritoryFactory

from .test_no_javascript import a_pdf


@pytest.fixture
def seine_maritime(live_server):
    RouteVersionFactory()
    departement = DepartementFactory(code="76", name="Seine-Maritime")
    metropole = EpciFactory(
        code="200023414", name="Métropole Rouen Normandie", legal_form="METRO", departement=departement
    )
    TerritoryFactory(code="76540", name="Rouen", population=117_662, departement=departement, epci=metropole)
    return departement


@pytest.fixture
def rouen(seine_maritime):
    return CollectiviteFactory(territory=seine_maritime.inside.get(code="76540"))


@pytest.fixture
def metropole(seine_maritime):
    """The intercommunalité has its own file, open already."""
    organisation = CollectiviteFactory(territory=seine_maritime.inside.get(code="200023414"))
    lead_of(organisation, user__name="Awa Diallo")
    return organisation


@pytest.fixture
def walk(browse, axe):
    """`walk(user)` opens a page for somebody; `page.see("/path/")` goes there and asks axe."""

    def start(user=None, **options):
        page = browse(user=user, **options)

        def see(path=None):
            if path:
                page.goto(path)
            axe(page)
            return page

        def press(name):
            with page.expect_navigation():
                page.get_by_role("button", name=name).last.click()

        page.see, page.press = see, press
        return page

    return start


def said(page):
    return page.get_by_role("status").first


def open_twin(metropole, at, manager):
    """The métropole's file: the lead opened it, the manager confirmed it, the answer about motivation is written."""
    lead = metropole.memberships.get(role=Role.LEAD).user
    version = RouteVersionFactory()
    twin = candidacies.open_intention(
        organisation=metropole, version=version, intention="Ensemble avec Rouen.", by=lead, at=at
    )
    candidacies.confirm(candidacy=twin, by=manager, at=at)
    answers.write(
        candidacy=twin, typed={"motivation": Typed("Nous agissons à l’échelle de la métropole.", 0)}, by=lead, at=at
    )
    return twin, lead


def test_from_the_intention_to_the_title(walk, rouen, metropole, seine_maritime, at):
    ines = lead_of(rouen, user__name="Inès Martin")
    marc = member_of(rouen, Role.CONTRIBUTOR, user__name="Marc Besson")
    manager, adviser = national(user__name="Amina Benali"), national(Role.ADVISER, user__name="Zoé Diarra")
    volunteer = of_delegation(Role.VOLUNTEER, covers=[seine_maritime], user__name="Paul Delmas")
    twin, awa = open_twin(metropole, at, manager)

    # The intention, and its confirmation
    lead = walk(ines)
    lead.see("/tableau-de-bord/").get_by_role("link", name="Déclarer notre intention").first.click()
    lead.press("Déclarer l’intention")
    expect(lead.get_by_role("alert")).to_contain_text("Dites en quelques mots")
    lead.see()
    lead.get_by_label("Pourquoi votre collectivité").fill("Nos écoles et nos centres de loisirs travaillent ensemble.")
    lead.press("Déclarer l’intention")
    expect(said(lead)).to_contain_text("Votre intention est enregistrée.")
    lead.see()
    candidacy = Candidacy.objects.get(organisation=rouen)
    here, file = f"/candidatures/{candidacy.public_id}/", f"/dossiers/{candidacy.public_id}/"
    desk = walk(manager)
    desk.see("/candidatures/a-traiter/").get_by_label("Rouen").check()
    desk.press("Confirmer les intentions cochées")
    expect(said(desk)).to_contain_text("1 intention confirmée.")

    # The file: two people at once, and an answer of the métropole taken up
    other = walk(marc)
    for page in (lead, other):
        page.goto(f"{file}sections/collectivite/")
    lead.get_by_label("Nombre d’enfants").fill("214")
    expect(lead.locator("#s-enfants .saved")).to_contain_text("par vous")
    other.get_by_label("Nombre d’enfants").fill("300")
    expect(other.get_by_text("Inès M. a changé cette réponse")).to_be_visible()
    other.see()
    other.get_by_role("button", name="Garder").click()
    expect(other.get_by_label("Nombre d’enfants")).to_have_value("214")

    beside = walk(awa)
    beside.see(f"/dossiers/{twin.public_id}/sections/collectivite/")
    beside.locator("#s-motivation").get_by_role("button", name="Partager cette réponse avec Rouen").click()
    expect(beside.locator("#s-motivation")).to_contain_text("Partagée avec le dossier jumeau.")
    lead.see(f"{file}sections/collectivite/")
    lead.press("Reprendre cette réponse")
    expect(lead.get_by_label("Pourquoi cette démarche")).to_have_value("Nous agissons à l’échelle de la métropole.")
    assert Answer.objects.get(candidacy=candidacy, question="enfants").value == 214

    lead.see(f"{file}sections/ecouter/").get_by_label("Non").check()
    lead.press("Enregistrer et continuer")
    lead.see().get_by_label("Le fichier").set_input_files(a_pdf())
    lead.press("Joindre")
    lead.see(f"{file}verifier/")
    lead.press("Déposer le dossier")
    expect(said(lead)).to_contain_text("Votre dossier est déposé.")
    with lead.see().expect_download() as receipt:
        lead.get_by_role("link", name="Télécharger le récépissé").click()
    assert receipt.value.suggested_filename.endswith(".pdf")

    # The instruction: assignment, a note, a message, a correction, an opinion
    desk.see("/affectations/").get_by_label(re.compile("^Rouen")).check()
    desk.get_by_label("Confier à").select_option(label="Zoé Diarra")
    desk.press("Confier les dossiers choisis")
    expect(said(desk)).to_contain_text("confié à Zoé Diarra")

    study = walk(adviser)
    study.see("/portefeuille/").get_by_role("link", name="Rouen", exact=True).first.click()
    study.press("Ouvrir l’instruction")
    expect(said(study)).to_contain_text("L’instruction est ouverte.")
    study.see().get_by_label("Note interne").last.fill("À vérifier à l’audition.")
    study.press("Garder la note")
    study.locator("details").filter(has=study.locator("[name=motif-enfants]")).locator("summary").click()
    study.locator("[name=motif-enfants]").fill("Comptez chaque enfant une seule fois.")
    study.press("Envoyer la demande de corrections")
    expect(said(study)).to_contain_text("La demande de corrections est envoyée")
    study.see()

    lead.see("/tableau-de-bord/").get_by_role("link", name="Corriger le dossier").first.click()
    expect(lead.get_by_text("Comptez chaque enfant une seule fois.")).to_be_visible()
    lead.see(f"{file}sections/collectivite/").get_by_label("Nombre d’enfants").fill("198")
    lead.press("Enregistrer et continuer")
    lead.see(f"{file}verifier/")
    lead.press("Renvoyer le dossier")
    lead.see()
    assert candidacy.submissions.count() == 2

    study.see(f"{here}instruction/")
    expect(study.get_by_role("main")).to_contain_text("214")
    expect(study.get_by_role("main")).to_contain_text("198")
    study.get_by_role("link", name="Demander un avis").first.click()
    study.see().get_by_label("À qui").select_option(label="Paul Delmas")
    study.press("Demander cet avis")
    expect(said(study)).to_contain_text("L’avis de Paul Delmas est demandé.")

    near = walk(volunteer, phone=True)
    near.see("/avis/").get_by_role("main").get_by_role("link", name="Rouen").first.click()
    expect(near.get_by_role("main")).not_to_contain_text("À vérifier à l’audition.")
    near.get_by_label("favorable", exact=True).check()
    near.get_by_label("Ce qui le motive").fill("Les enfants y sont vraiment écoutés.")
    near.see().press("Rendre mon avis")
    expect(said(near)).to_contain_text("votre avis est rendu")

    # The commission, the decision, the papers, the title
    study.see(here).get_by_role("link", name="Transmettre à la commission").click()
    study.see().get_by_label("Jour de la commission").fill((localdate() + timedelta(days=5)).isoformat())
    study.press("Enregistrer et prévenir la collectivité")

    desk.see(here).get_by_role("link", name="Enregistrer la décision").click()
    desk.get_by_label("Titre avec recommandations").check()
    desk.get_by_label("Motifs").fill("La gouvernance est en place et les enfants ont contribué.")
    desk.get_by_label("Recommandations, une par ligne").fill("Ouvrir le comité aux plus jeunes.")
    desk.get_by_label("Instance qui a décidé").fill("Commission nationale")
    desk.get_by_label("Décidé le").fill(localdate().isoformat())
    desk.see().press("Enregistrer la décision")
    expect(said(desk)).to_contain_text("La décision est enregistrée.")
    desk.see()

    lead.see("/tableau-de-bord/").get_by_role("link", name="Préparer la signature").first.click()
    lead.see().press("Produire la convention")
    agreement = lead.get_by_role("link", name="Télécharger la convention").get_attribute("href")
    assert lead.context.request.get(agreement).body().startswith(b"%PDF")
    lead.get_by_role("link", name="Joindre la délibération").click()
    lead.get_by_label("Numéro de la délibération").fill("9-7")
    lead.get_by_label("Séance du").fill(localdate().isoformat())
    lead.get_by_label("Assemblée").fill("Conseil municipal de Rouen")
    lead.get_by_label("La délibération", exact=True).set_input_files(a_pdf())
    lead.see().press("Joindre la délibération")
    lead.get_by_role("link", name="Joindre la convention signée").click()
    lead.get_by_label("Signée le").fill(localdate().isoformat())
    lead.get_by_label("Qui a signé").fill("Camille Lefèvre, maire")
    lead.get_by_label("La convention signée, en PDF").set_input_files(a_pdf())
    lead.see().press("Joindre la convention signée")
    expect(lead.see().get_by_role("main")).to_contain_text("Tout est là")

    desk.see(f"{here}titre/").press("Publier le titre")
    expect(said(desk)).to_contain_text("Le titre est publié.")
    candidacy.refresh_from_db()
    assert candidacy.status == Status.TITLED

    anyone = walk()
    anyone.see("/territoires/76540-rouen/").locator("main a[href^='/titres/']").first.click()
    expect(anyone.get_by_role("heading", level=1)).to_have_text("Rouen")
    expect(anyone.get_by_role("main")).to_contain_text("n° 9-7, Conseil municipal de Rouen")
    anyone.see()
    lead.see("/tableau-de-bord/").get_by_role("link", name="Voir la page publique du titre").click()
    assert lead.url.endswith(f"/titres/{Title.objects.get().public_id}/")


def test_the_metropole_hands_its_own_file_over(walk, rouen, metropole, at):
    """The twin's file lives its own life: handing it over changes nothing in Rouen's."""
    manager = national(user__name="Amina Benali")
    twin, awa = open_twin(metropole, at, manager)
    rest = {key: Typed(value, 0) for key, value in COMPLETE.items() if key != "motivation"}
    answers.write(candidacy=twin, typed=rest, by=awa, at=at)
    ines = lead_of(rouen)
    own = candidacies.open_intention(
        organisation=rouen, version=twin.version, intention="Avec la métropole.", by=ines, at=at
    )
    page = walk(awa)
    page.see(f"/dossiers/{twin.public_id}/pieces/").get_by_label("Le fichier").set_input_files(a_pdf())
    page.press("Joindre")
    page.see(f"/dossiers/{twin.public_id}/verifier/").press("Déposer le dossier")
    expect(said(page)).to_contain_text("Votre dossier est déposé.")
    page.see("/tableau-de-bord/")
    expect(page.get_by_role("main")).to_contain_text("Rouen")
    own.refresh_from_db()
    assert own.status == Status.INTERESTED
    assert not own.submissions.exists()
