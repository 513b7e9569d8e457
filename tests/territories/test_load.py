import re
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from marelle.audit.models import Entry
from marelle.territories.actions import load
from marelle.territories.definition import SHIPPED, BadList, source
from marelle.territories.models import Edition, Kind, Postcode, RetiredCode, Territory

from .lists import CAUX, COTE, DEPARTEMENT, METROPOLE, NEXT_YEAR, REGION, THIS_YEAR, commune, epci, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def take_in(tmp_path, at):
    def go(rows, year=2026):
        return load(source=source(write(tmp_path / str(year), rows, year=year)), by=None, at=at)

    return go


def commune_of(code):
    return Territory.objects.get(kind=Kind.COMMUNE, code=code)


def test_the_first_list_is_taken_in_with_its_links(take_in):
    changes = take_in(THIS_YEAR)
    rouen = Territory.objects.select_related("epci", "departement", "region").get(code="76540")
    assert changes.counts() == {"added": len(THIS_YEAR)}
    assert (rouen.slug, rouen.epci.code, rouen.departement.name, rouen.region.name) == (
        "rouen",
        METROPOLE,
        "Seine-Maritime",
        "Normandie",
    )
    assert sorted(rouen.postcodes.values_list("code", flat=True)) == ["76000", "76100"]
    assert RetiredCode.objects.get(code="76002").territory == commune_of("76001")
    assert commune_of("76004").population is None, "unknown stays unknown"


def test_the_same_list_again_changes_nothing(take_in, django_assert_max_num_queries):
    take_in(THIS_YEAR)
    with django_assert_max_num_queries(2):
        assert take_in(THIS_YEAR) is None
    assert Edition.objects.count() == 1


def test_next_year_says_what_changed(take_in):
    take_in(THIS_YEAR)
    changes = take_in(NEXT_YEAR, 2027)
    assert changes.added == [f"{COTE} Communauté de communes de la Côte", "76002 Bellefosse"]
    assert changes.renamed == [
        f"{METROPOLE} Métropole Rouen Seine (avant : Métropole Rouen Normandie)",
        "76108 Bois-Guillaume-Bihorel (avant : Bois-Guillaume)",
    ]
    assert changes.merged == [
        f"{CAUX} Communauté de communes du Caux (devient {COTE} Communauté de communes de la Côte)",
        "76095 Bihorel (devient 76108 Bois-Guillaume-Bihorel)",
    ]
    assert changes.ended == ["76004 Île-du-Large"]
    assert changes.moved == [
        f"76001 Allouville (de {CAUX} à {COTE})",
        f"76003 Ancourt (de {CAUX} à {METROPOLE})",
    ]
    assert changes.updated == ["76540 Rouen"]
    edition = Edition.objects.latest()
    assert edition.in_force_on == date(2027, 1, 1)
    assert Entry.objects.latest("number").details == edition.changes == changes.counts()


def test_a_merged_commune_keeps_its_row_and_knows_its_successor(take_in):
    take_in(THIS_YEAR)
    known = commune_of("76095").pk
    take_in(NEXT_YEAR, 2027)
    bihorel = commune_of("76095")
    assert bihorel.pk == known
    assert (bihorel.ended_on, bihorel.became) == (date(2027, 1, 1), commune_of("76108"))
    assert bihorel.epci is None, "a member of nothing any more"
    assert not bihorel.postcodes.exists()
    assert set(Postcode.objects.filter(code="76420").values_list("territory__code", flat=True)) == {"76108"}


def test_a_commune_reborn_under_its_old_code_lives_again(take_in):
    take_in(NEXT_YEAR[:2] + [commune("76001", "Allouville"), commune("76002", "Bellefosse")])
    take_in([*NEXT_YEAR[:2], commune("76001", "Allouville", retired_codes=["76002"])], 2027)
    known = commune_of("76002")
    assert known.became == commune_of("76001")
    changes = take_in([*NEXT_YEAR[:2], commune("76001", "Allouville"), commune("76002", "Bellefosse")], 2028)
    reborn = commune_of("76002")
    assert changes.reborn == ["76002 Bellefosse"]
    assert (reborn.pk, reborn.ended_on, reborn.became) == (known.pk, None, None)
    assert not RetiredCode.objects.exists()


def test_an_epci_split_in_two_halves_has_no_successor(take_in):
    first = [REGION, DEPARTEMENT, epci(CAUX, "Caux"), epci(COTE, "Côte"), epci(METROPOLE, "Métropole")]
    take_in(
        [*first, commune("76001", "A", population=500, epci=CAUX), commune("76003", "B", population=500, epci=CAUX)]
    )
    changes = take_in(
        [
            *first[:2],
            *first[3:],
            commune("76001", "A", population=500, epci=COTE),
            commune("76003", "B", population=500, epci=METROPOLE),
        ],
        2027,
    )
    assert changes.ended == [f"{CAUX} Caux"]
    assert Territory.objects.get(code=CAUX).became is None


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([commune("76540", "Rouen")], r"territories\.0\.departement: 76 is not in the list"),
        ([REGION, REGION], r"territories\.1\.code: region 28 is there twice"),
        ([{"kind": "commune", "code": "76540"}], r"territories\.0\.name: Field required"),
        ([REGION | {"mayor": "Nobody"}], r"territories\.0\.mayor"),
        (
            [REGION, DEPARTEMENT, commune("76540", "Rouen", retired_codes=["76540"])],
            r"territories\.2\.retired_codes: 76540 is current",
        ),
    ],
)
def test_a_bad_list_says_where_and_why_and_changes_nothing(take_in, rows, reason):
    with pytest.raises(BadList, match=reason):
        take_in(rows)
    assert not Territory.objects.exists()


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe\x00", '{"é": 1}'.encode("latin-1")])
def test_a_file_that_is_no_list_is_refused_by_name(tmp_path, content):
    (tmp_path / "territories.json").write_bytes(content)
    with pytest.raises(CommandError, match=re.escape(str(tmp_path))):
        call_command("load_territories", "--from", str(tmp_path), stdout=StringIO())


def test_a_folder_without_a_list_is_refused(tmp_path):
    with pytest.raises(CommandError, match="none of"):
        call_command("load_territories", "--from", str(tmp_path), stdout=StringIO())


def test_the_command_tells_what_changed(tmp_path):
    this, following = write(tmp_path / "a", THIS_YEAR), write(tmp_path / "b", NEXT_YEAR, year=2027)
    out = StringIO()
    call_command("load_territories", "--from", str(this), stdout=out)
    call_command("load_territories", "--from", str(this), stdout=out)
    call_command("load_territories", "--from", str(following), stdout=out)
    said = out.getvalue()
    assert "10 ajoutés" in said
    assert "Rien n’a changé" in said
    assert "76095 Bihorel (devient 76108 Bois-Guillaume-Bihorel)" in said


def test_the_shipped_list_is_whole():
    shipped = source(SHIPPED).read().territories
    by_code = {(row.kind, row.code): row for row in shipped}
    communes = [row for row in shipped if row.kind == "commune"]
    assert (len(communes), sum(row.kind == "epci" for row in shipped)) == (34969, 1255)
    assert by_code["commune", "76540"].epci == METROPOLE
    assert by_code["epci", METROPOLE].name == "Métropole Rouen Normandie"
    alone = {row.code for row in communes if not row.epci and row.departement < "96"}
    assert alone == {"22016", "29083", "29155", "85113"}
    assert not {"75101", "69381", "13201"} & {row.code for row in communes}, "arrondissements are not communes"
    assert by_code["commune", "76540"].email_domain == "rouen.fr"
    providers = {"orange.fr", "wanadoo.fr", "gmail.com", "free.fr", "laposte.net"}
    assert not providers & {row.email_domain for row in communes}
    assert not [row.name for row in shipped if "'" in row.name or row.name.startswith(("CC ", "CA ", "CU "))]
