"""The national funnel: counted from what proves each step, cumulatively, by région; exported as a job."""

import io
from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from marelle.accounts.enums import Role
from marelle.documents.spreadsheets import csv_of, xlsx_of
from marelle.jobs.models import Job, State
from marelle.portal.queries.funnel import HEADER, chosen, lines
from marelle.programme.enums import FunnelStage, Status
from marelle.programme.models import Submission, Title
from marelle.programme.queries.funnel import candidacies, funnel, stage_of
from tests.accounts.factories import CollectiviteFactory, UserFactory, national
from tests.programme.factories import CandidacyFactory, RouteVersionFactory
from tests.territories.factories import EpciFactory, RegionFactory, TerritoryFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def made(status, region=None, *, place=None, **fields):
    place = place or TerritoryFactory(region=region)
    collectivite = CollectiviteFactory(territory=place)
    return CandidacyFactory(organisation=collectivite, status=status, **fields)


def confirmed(status=Status.DRAFT, region=None, **fields):
    return made(status, region, confirmed_at=NOW, confirmed_by=UserFactory(), **fields)


def filed(status=Status.FILED, region=None, **fields):
    one = confirmed(status, region, **fields)
    Submission.objects.create(
        candidacy=one, number=1, content={}, digest="d" * 64, submitted_at=NOW, submitted_by=one.opened_by
    )
    return one


def titled(region=None, **fields):
    one = filed(Status.TITLED, region, **fields)
    Title.objects.create(
        territory=one.territory, mandate=one.route.mandate, candidacy=one, name="Ville amie des enfants",
        starts_on=date(2026, 11, 1), ends_on=date(2032, 3, 31), published_at=NOW, published_by=one.opened_by,
    )  # fmt: skip
    return one


@pytest.mark.parametrize(
    ("make", "stage"),
    [
        (lambda: made(Status.INTERESTED), FunnelStage.INTERESTED),
        (confirmed, FunnelStage.CONFIRMED),
        (filed, FunnelStage.FILED),
        (lambda: filed(Status.COMMISSION), FunnelStage.FILED),
        (lambda: filed(Status.PROBATION), FunnelStage.FILED),
        (lambda: filed(Status.AWARDED), FunnelStage.DECIDED),
        (lambda: filed(Status.REFUSED), FunnelStage.DECIDED),
        (titled, FunnelStage.TITLED),
        (lambda: made(Status.ABANDONED), FunnelStage.INTERESTED),
        (lambda: filed(Status.ABANDONED), FunnelStage.FILED),
    ],
)
def test_a_territory_is_counted_as_far_as_it_came(make, stage):
    one = make()
    assert stage_of(candidacies().get(pk=one.pk)) == stage
    reached = list(FunnelStage).index(stage) + 1
    assert funnel(candidacies()).total.counts == tuple([1] * reached + [0] * (5 - reached))


def test_regions_add_up_to_the_total_and_each_stage_is_within_the_one_before(django_assert_num_queries):
    normandie, bretagne = RegionFactory(name="Normandie"), RegionFactory(name="Bretagne")
    made(Status.INTERESTED, normandie), confirmed(Status.DRAFT, normandie), titled(normandie)
    filed(Status.FILED, bretagne), made(Status.INTERESTED, None)
    with django_assert_num_queries(1):
        found = funnel(candidacies())
    assert [(row.name, row.counts) for row in found.regions if row.name != "Région non renseignée"] == [
        ("Bretagne", (1, 1, 1, 0, 0)),
        ("Normandie", (3, 2, 1, 1, 1)),
    ]
    assert found.total.counts == (5, 3, 2, 1, 1)
    for row in [*found.regions, found.total]:
        assert list(row.counts) == sorted(row.counts, reverse=True)


def test_a_territory_that_began_again_counts_once():
    place = TerritoryFactory()
    first = made(Status.ABANDONED, place=place)
    CandidacyFactory(organisation=first.organisation, status=Status.DRAFT)
    assert funnel(candidacies()).total.counts[0] == 1


def test_the_light_network_is_not_in_the_funnel():
    CandidacyFactory(version=RouteVersionFactory(network=True))
    assert funnel(candidacies()).total.counts == (0, 0, 0, 0, 0)


def test_what_the_demonstration_invented_counts_in_a_demonstration_only():
    made(Status.INTERESTED, is_demonstration=True), made(Status.INTERESTED)
    real, demonstration = (funnel(chosen(candidacies(), demonstration=d)).total for d in (False, True))
    assert (real.counts[0], real.demonstration) == (1, 0)
    assert (demonstration.counts[0], demonstration.demonstration) == (2, 1)


def test_communes_and_intercommunalites_are_counted_apart():
    made(Status.INTERESTED), made(Status.INTERESTED, place=EpciFactory())
    for nature in ("commune", "epci"):
        assert funnel(chosen(candidacies(), demonstration=True, nature=nature)).total.counts[0] == 1
    assert funnel(chosen(candidacies(), demonstration=True)).total.counts[0] == 2


class TestPage:
    @pytest.fixture
    def manager(self, client):
        manager = national(Role.MANAGER)
        client.force_login(manager)
        return manager

    def test_it_shows_a_chart_beside_its_table(self, client, manager, django_assert_max_num_queries):
        for _number in range(12):
            titled(RegionFactory())
        with django_assert_max_num_queries(12):
            html = client.get(reverse("portal:funnel")).content.decode()
        assert 'aria-describedby="par-region"' in html
        assert 'id="par-region"' in html
        assert "Toute la France" in html

    def test_with_nobody_yet_it_says_so(self, client, manager):
        assert "Aucune candidature pour l’instant" in client.get(reverse("portal:funnel")).content.decode()

    def test_a_demonstration_is_marked(self, client, manager, settings):
        settings.DEMO = True
        made(Status.INTERESTED, is_demonstration=True)
        assert "statut inventé par la démonstration" in client.get(reverse("portal:funnel")).content.decode()

    @pytest.mark.parametrize("nature", ["commune", "epci", "", "n’importe quoi", "\x00"])
    def test_what_is_asked_is_shown_or_ignored(self, client, manager, nature):
        made(Status.INTERESTED)
        assert client.get(reverse("portal:funnel"), {"nature": nature}).status_code == 200

    @pytest.mark.parametrize("role", [None, Role.EXPERT])
    def test_others_are_refused(self, client, role):
        client.force_login(national(role) if role else UserFactory())
        assert client.get(reverse("portal:funnel")).status_code == 403
        assert client.post(reverse("portal:funnel_export"), {"format": "csv"}).status_code == 403
        assert not Job.objects.exists()

    @pytest.mark.parametrize("format", ["csv", "xlsx"])
    def test_the_export_is_a_job_with_progress(self, client, manager, commit, format):
        titled(RegionFactory(name="Normandie")), made(Status.INTERESTED)
        with commit():
            response = client.post(reverse("portal:funnel_export"), {"format": format})
        job = Job.objects.get()
        assert response["Location"] == reverse("jobs:detail", args=[job.public_id])
        assert (job.state, job.done, job.total) == (State.DONE, 2, 2)
        assert job.result.name.endswith(f".{format}")
        content = job.result.content.read()
        if format == "csv":
            lines = content.decode("utf-8-sig").splitlines()
            assert len(lines) == 3
            assert "titrées" in content.decode()
        else:
            book = load_workbook(io.BytesIO(content))
            assert book.sheetnames == ["Par région", "Candidatures"]
            assert [cell.value for cell in book["Par région"][4]] == ["Toute la France", 2, 1, 1, 1, 1]

    def test_an_unknown_format_exports_nothing(self, client, manager):
        assert client.post(reverse("portal:funnel_export"), {"format": "exe"}).status_code == 302
        assert not Job.objects.exists()

    def test_someone_who_lost_the_role_meanwhile_gets_nothing(
        self, client, manager, django_capture_on_commit_callbacks
    ):
        from marelle.accounts.models import Membership

        with django_capture_on_commit_callbacks() as waiting:
            client.post(reverse("portal:funnel_export"), {"format": "csv"})
        Membership.objects.filter(user=manager).update(ends_on=date(2021, 1, 1))
        for callback in waiting:
            callback()
        assert Job.objects.get().state == State.FAILED


class TestSpreadsheets:
    HOSTILE = ["=1+1", "+33 2 35", "-1", "@SUM(A1)", "\t=1", "\r=1", "\uff1d1"]

    @pytest.mark.parametrize("text", HOSTILE)
    def test_no_text_computes_in_csv(self, text):
        cell = csv_of(["a"], [[text]]).decode("utf-8-sig").split("\r\n", 1)[1]
        assert cell.lstrip('"').startswith("'")

    @pytest.mark.parametrize("text", HOSTILE)
    def test_no_text_computes_in_xlsx(self, text):
        sheet = load_workbook(io.BytesIO(xlsx_of([("Feuille", ["a"], [[text]])]))).active
        assert sheet["A2"].data_type in {"s", "inlineStr"}

    def test_values_are_written_as_french_people_read_them(self):
        row = [date(2026, 11, 24), datetime(2026, 11, 24, 9, 30, tzinfo=UTC), True, None, 3500, -2, "L’Haÿ ; « x »"]
        text = csv_of(["a"] * 7, [row]).decode("utf-8-sig").splitlines()[1]
        assert text == '24/11/2026;24/11/2026 10:30;oui;;3500;-2;"L’Haÿ ; « x »"'

    def test_control_characters_do_not_break_a_sheet(self):
        sheet = load_workbook(io.BytesIO(xlsx_of([("F", ["a"], [["a\x07b"]])]))).active
        assert sheet["A2"].value == "ab"


def test_the_export_dates_each_stage_also_of_one_that_withdrew(django_assert_num_queries):
    filed(Status.ABANDONED), titled(), made(Status.INTERESTED)
    titles = [str(one) for one in HEADER]
    with django_assert_num_queries(1):
        rows = [dict(zip(titles, row, strict=True)) for row in lines(candidacies())]
    reached = {
        row["État"]: [bool(row[title]) for title in ("Confirmée le", "Déposée le", "Titre publié le")] for row in rows
    }
    assert reached == {
        "candidature retirée": [True, True, False],
        "titre publié": [True, True, True],
        "intention déclarée": [False, False, False],
    }
