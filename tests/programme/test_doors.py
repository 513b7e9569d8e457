"""Every door of the candidacy, its decision and its title, tried by each who has no business there."""

import pytest
from django.urls import reverse

from marelle.accounts.enums import Role
from marelle.programme.enums import OutcomeKind
from marelle.programme.models import Candidacy, ConflictOfInterest, Decision, Title
from marelle.programme.urls import candidacies, decisions, titles
from tests.accounts.factories import CollectiviteFactory, UserFactory, lead_of, member_of, national, of_delegation
from tests.programme.lives import decided, titled
from tests.territories.factories import DepartementFactory, TerritoryFactory

pytestmark = pytest.mark.django_db

OF_NOBODY_IN_PARTICULAR = {"intention", "waiting", "confirm_many"}
PUBLIC = {"title"}
ABOUT_A_TITLE = {"title", "title_withdraw"}
ABOUT_A_DECISION = {"judged", "judged_document"}
ABOUT_A_TASK = {"task_done", "task_confirm", "task_reopen"}


def names():
    return [one.name for module in (candidacies, decisions, titles) for one in module.urlpatterns]


@pytest.fixture
def here():
    """A territory of a département, with a candidacy that holds all that can be asked for."""
    return TerritoryFactory(departement=DepartementFactory())


@pytest.fixture
def doors(here):
    title = titled(organisation=CollectiviteFactory(territory=here))
    # A candidacy that is neither under way nor titled stands beside it, for the promises of a probation.
    elsewhere = CollectiviteFactory(territory=TerritoryFactory(departement=here.departement))
    probation = decided(OutcomeKind.PROBATION, organisation=elsewhere)
    decision = title.candidacy.decisions.get()
    file_id = decision.judged["content"]["documents"]["deliberation"][0]["file"]

    def address(name):
        if name in OF_NOBODY_IN_PARTICULAR:
            return reverse(f"programme:{name}")
        if name in ABOUT_A_TITLE:
            return reverse(f"programme:{name}", args=[title.public_id])
        if name == "judged_document":
            return reverse(f"programme:{name}", args=[decision.public_id, file_id])
        if name in ABOUT_A_DECISION:
            return reverse(f"programme:{name}", args=[decision.public_id])
        if name in ABOUT_A_TASK:
            return reverse(f"programme:{name}", args=[probation.tasks.first().public_id])
        return reverse(f"programme:{name}", args=[title.candidacy.public_id])

    return {name: address(name) for name in names()}


def snapshot():
    return (
        list(Candidacy.objects.order_by("pk").values()),
        list(Decision.objects.order_by("pk").values()),
        list(Title.objects.order_by("pk").values()),
    )


def strangers(here):
    return {
        "lead of another town": lead_of(CollectiviteFactory()),
        "volunteer of another département": of_delegation(Role.VOLUNTEER, covers=[DepartementFactory()]),
        "head of another département": of_delegation(Role.HEAD, covers=[DepartementFactory()]),
        "expert who was not asked": national(Role.EXPERT),
        "safeguarding officer": national(Role.SAFEGUARDING),
        "somebody signed in": UserFactory(),
    }


def test_who_has_no_business_here_finds_nothing(doors, here, client):
    before = snapshot()
    for who, user in strangers(here).items():
        client.force_login(user)
        for name, address in doors.items():
            if name in PUBLIC | OF_NOBODY_IN_PARTICULAR:
                continue
            for method in (client.get, client.post):
                assert method(address).status_code in {404, 405}, (who, name, method)
            # A door that only takes a POST says so before looking: it tells nothing, but a POST must find nothing.
            assert client.post(address, {"reason": "x", "evidence": "x"}).status_code in {404, 405}, (who, name)
    assert snapshot() == before


def test_who_declared_a_conflict_finds_nothing_either(doors, here, client, at):
    manager = national()
    for candidacy in Candidacy.objects.all():
        ConflictOfInterest.objects.create(candidacy=candidacy, user=manager, reason="Ma ville", declared_at=at)
    client.force_login(manager)
    for name, address in doors.items():
        if name not in PUBLIC | OF_NOBODY_IN_PARTICULAR:
            assert client.post(address).status_code in {404, 405}, name
            assert client.get(address).status_code in {404, 405}, name


def test_who_is_not_signed_in_is_asked_to(doors, client):
    for name, address in doors.items():
        response = client.get(address)
        if name in PUBLIC:
            assert response.status_code == 200
        else:
            assert response.status_code == 302, name
            assert response.headers["Location"].startswith(reverse("account_login"))


def test_reading_the_page_of_those_who_may_only_read_changes_nothing(doors, here, client):
    """A contributor and a volunteer of the territory open what they may, and no door moves anything for them."""
    before = snapshot()
    organisation = Candidacy.objects.get(territory=here).organisation
    for user in (
        member_of(organisation, Role.CONTRIBUTOR),
        member_of(organisation, Role.SIGNATORY),
        of_delegation(Role.VOLUNTEER, covers=[here.departement]),
        of_delegation(Role.HEAD, covers=[here.departement]),
    ):
        client.force_login(user)
        for name in ("candidacy", "decision", "judged", "papers", "agreement", "agreement_signed"):
            assert client.get(doors[name]).status_code == 200, name
        for name, address in doors.items():
            assert client.post(address, {"reason": "x"}).status_code in {200, 403, 404, 405}, name
    assert snapshot() == before
