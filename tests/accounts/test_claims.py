"""« I speak for this territory »: asked, checked by a person, and a collectivité opens once."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from marelle.accounts.actions import claims, organisations
from marelle.accounts.enums import ClaimStatus, Kind, Proof, Role
from marelle.accounts.models import Claim, Membership, Organisation
from marelle.accounts.queries import checkers_of, standing
from marelle.accounts.rules import claims as rules
from marelle.audit.models import Entry
from marelle.core.rules import NotNow, Refused
from marelle.documents.checks import UploadRefused
from marelle.notifications.models import Mail
from tests.accounts.asking import claim_of, minimal_pdf
from tests.accounts.factories import CollectiviteFactory, UserFactory, lead_of, member_of, national, of_delegation
from tests.territories.factories import DepartementFactory, EpciFactory, TerritoryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(departement):
    return TerritoryFactory(name="Grainville", departement=departement)


@pytest.fixture
def pdf():
    return SimpleUploadedFile("arrete.pdf", minimal_pdf(), content_type="application/pdf")


def ask(town, by, at, **fields):
    given = {"role": Role.LEAD, "job_title": "Directrice enfance", "proof": Proof.DOCUMENT}
    return claims.ask(territory=town, by=by, at=at, **(given | fields))


# --- Asking ------------------------------------------------------------------------------------------------


def test_a_document_makes_a_claim_and_tells_the_person_and_the_delegation(town, departement, pdf, at):
    head, someone = of_delegation(Role.HEAD, covers=[departement]), UserFactory()
    claim = ask(town, someone, at, upload=pdf)
    assert claim.status == ClaimStatus.ASKED
    assert claim.document.name == "arrete.pdf"
    assert set(Mail.objects.values_list("to_user", flat=True)) == {someone.pk, head.pk}
    assert Entry.objects.get().kind == "accounts.claim.asked"


def test_without_a_delegation_the_managers_check(town, at):
    manager = national()
    national(Role.ADVISER)
    assert checkers_of(town, on=at.date()) == [manager]


def test_the_lead_already_here_is_told_as_well(town, departement, at):
    lead = lead_of(CollectiviteFactory(territory=town))
    head = of_delegation(Role.HEAD, covers=[departement])
    assert set(checkers_of(town, on=at.date())) == {lead, head}


def test_an_official_address_counts_only_as_the_account_holds_it(town, at):
    CollectiviteFactory(territory=town, email_domain="@Grainville.Example")
    agent, stranger = UserFactory(email="ines@grainville.example"), UserFactory(email="ines@gmail.example")
    assert ask(town, agent, at, proof=Proof.EMAIL_DOMAIN).proof == Proof.EMAIL_DOMAIN
    with pytest.raises(Refused, match="Joignez plutôt un document"):
        ask(town, stranger, at, proof=Proof.EMAIL_DOMAIN)
    with pytest.raises(Refused):  # A look-alike is not a sub-domain.
        ask(town, UserFactory(email="x@evil-grainville.example"), at, proof=Proof.EMAIL_DOMAIN)


def test_no_known_domain_means_no_proof_by_address(town, at):
    with pytest.raises(Refused, match="document"):
        ask(town, UserFactory(), at, proof=Proof.EMAIL_DOMAIN)


def test_a_document_is_asked_for_when_promised(town, at):
    with pytest.raises(Refused, match="Joignez le document"):
        ask(town, UserFactory(), at)


def test_a_strange_file_is_refused_and_nothing_is_kept(town, at):
    with pytest.raises(UploadRefused):
        ask(town, UserFactory(), at, upload=SimpleUploadedFile("virus.exe", b"MZ"))
    assert not Claim.objects.exists()


def test_asking_twice_is_said_plainly_and_impossible_in_the_database(town, pdf, at):
    someone = UserFactory()
    ask(town, someone, at, upload=pdf)
    with pytest.raises(Refused, match="déjà une demande"):
        ask(town, someone, at, upload=pdf)
    with pytest.raises(IntegrityError), transaction.atomic():
        claim_of(town, someone)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"role": Role.MANAGER}, "rôle"),
        ({"role": "mayor-of-the-moon"}, "rôle"),
        ({"territory": "departement"}, "commune ou une intercommunalité"),
        ({"territory": "gone"}, "n’existe plus"),
    ],
)
def test_what_cannot_be_claimed(change, words, town, departement, at):
    territory = {"departement": departement, "gone": TerritoryFactory(ended_on=at.date())}.get(
        change.pop("territory", ""), town
    )
    answer = rules.can_ask(UserFactory(), territory, **({"role": Role.LEAD, "proof": Proof.DOCUMENT} | change))
    assert isinstance(answer, NotNow)
    assert words in answer.reason


def test_somebody_of_the_collectivite_need_not_ask(town, at):
    member = member_of(CollectiviteFactory(territory=town), Role.CONTRIBUTOR)
    assert "déjà" in rules.can_ask(member, town, role=Role.LEAD, proof=Proof.DOCUMENT).reason


# --- Checking: role × state --------------------------------------------------------------------------------


@pytest.fixture
def everyone(town, departement):
    here = CollectiviteFactory(territory=town)
    return {
        "manager": national(Role.MANAGER),
        "adviser": national(Role.ADVISER),
        "expert": national(Role.EXPERT),
        "safeguarding": national(Role.SAFEGUARDING),
        "head here": of_delegation(Role.HEAD, covers=[departement]),
        "head of the commune": of_delegation(Role.HEAD, covers=[town]),
        "head elsewhere": of_delegation(Role.HEAD, covers=[DepartementFactory()]),
        "volunteer here": of_delegation(Role.VOLUNTEER, covers=[departement]),
        "lead here": lead_of(here),
        "contributor here": member_of(here, Role.CONTRIBUTOR),
        "lead elsewhere": lead_of(CollectiviteFactory()),
        "stranger": UserFactory(),
    }


MAY = {"manager", "adviser", "head here", "head of the commune", "lead here"}


@pytest.mark.parametrize("move", [ClaimStatus.ACCEPTED, ClaimStatus.REFUSED])
def test_who_may_answer_in_which_state(everyone, town, move, at):
    for status in ClaimStatus:
        decided = {} if status == ClaimStatus.ASKED else {"decided_at": at, "decided_by": everyone["manager"]}
        claim = claim_of(town, status=status, **decided)
        for name, user in everyone.items():
            answer = rules.can_decide(user, claim, move)
            if name not in MAY:
                assert not answer, name
                assert not isinstance(answer, NotNow), name
            elif status == ClaimStatus.ASKED:
                assert answer is True, name
            else:
                assert isinstance(answer, NotNow), name


def test_who_sees_a_claim(everyone, town):
    claim = claim_of(town)
    seen = {name for name, user in everyone.items() if Claim.objects.visible_to(user).filter(pk=claim.pk).exists()}
    assert seen == MAY
    assert Claim.objects.visible_to(claim.user).get() == claim


def test_the_volunteer_who_heads_another_delegation_heads_only_that_one(town, departement):
    someone = of_delegation(Role.VOLUNTEER, covers=[departement])
    far = of_delegation(Role.HEAD, covers=[DepartementFactory()]).memberships.get().organisation
    Membership.objects.create(user=someone, organisation=far, role=Role.HEAD, starts_on=standing(someone).day)
    del someone._standing
    assert not rules.can_decide(someone, claim_of(town), ClaimStatus.ACCEPTED)


def test_nobody_vouches_for_themself(town, at):
    manager = national()
    with pytest.raises(PermissionDenied):
        claims.accept(claim=claim_of(town, manager), by=manager, at=at)


# --- The answer --------------------------------------------------------------------------------------------


def test_accepting_opens_the_collectivite_and_the_person_leads_it(town, at):
    claim = claims.accept(claim=claim_of(town), by=national(), at=at)
    assert claim.organisation.kind == Kind.COLLECTIVITE
    assert claim.organisation.territory == town
    assert standing(claim.user).has_role_in(claim.organisation, {Role.LEAD})
    assert [e.kind for e in Entry.objects.all()] == [
        "accounts.organisation.opened", "accounts.membership.started", "accounts.claim.accepted",
    ]  # fmt: skip
    assert Mail.objects.get().to_user == claim.user


def test_two_claims_make_one_collectivite_with_two_people(town, at):
    manager, one, two = national(), claim_of(town), claim_of(town)
    claims.accept(claim=one, by=manager, at=at)
    claims.accept(claim=two, by=manager, at=at)
    assert Organisation.objects.filter(territory=town).count() == 1
    assert Membership.objects.filter(organisation__territory=town).count() == 2


def test_a_claim_answered_twice_says_so(town, at):
    manager, claim = national(), claim_of(town)
    claims.accept(claim=claim, by=manager, at=at)
    with pytest.raises(Refused, match="déjà acceptée"):
        claims.accept(claim=claim, by=manager, at=at)


def test_a_second_collectivite_is_refused_in_words_and_in_the_database(town, at, monkeypatch):
    CollectiviteFactory(territory=town)
    manager = national()
    with pytest.raises(Refused, match="déjà ouverte"):
        organisations.open_collectivite(territory=town, by=manager, at=at)
    # Somebody else opened it between the question and the answer: the constraint decides, in words.
    monkeypatch.setattr("marelle.accounts.rules.organisations.can_open_collectivite", lambda user, territory: True)
    with pytest.raises(Refused, match="vient d’être ouverte"):
        organisations.open_collectivite(territory=town, by=manager, at=at)
    assert Organisation.objects.filter(territory=town).count() == 1


def test_refusing_needs_a_reason_that_the_person_reads(town, at):
    manager, claim = national(), claim_of(town)
    with pytest.raises(Refused, match="motif"):
        claims.refuse(claim=claim, reason="  ", by=manager, at=at)
    claim = claims.refuse(claim=claim, reason="Le document n’est pas signé.", by=manager, at=at)
    assert claim.reason == "Le document n’est pas signé."
    assert Mail.objects.get().to_user == claim.user
    assert "signé" not in str(Entry.objects.values_list("details", flat=True))  # The log keeps no one's words.


def test_only_the_person_withdraws(town, at):
    claim = claim_of(town)
    with pytest.raises(PermissionDenied):
        claims.withdraw(claim=claim, by=national(), at=at)
    assert claims.withdraw(claim=claim, by=claim.user, at=at).status == ClaimStatus.WITHDRAWN
    with pytest.raises(Refused):
        claims.withdraw(claim=claim, by=claim.user, at=at)


def test_an_intercommunalite_is_claimed_like_a_commune(at):
    claim = claims.accept(claim=claim_of(EpciFactory()), by=national(), at=at)
    assert claim.organisation.territory.kind == "epci"
