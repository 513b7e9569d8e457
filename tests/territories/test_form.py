import pytest
from django import forms

from marelle.territories.forms import TerritoryField
from marelle.territories.models import Kind
from tests.territories.factories import DepartementFactory, EpciFactory, TerritoryFactory

pytestmark = pytest.mark.django_db


class AForm(forms.Form):
    town = TerritoryField(label="Votre commune")


class Optional(forms.Form):
    town = TerritoryField(label="Votre commune", required=False)


@pytest.fixture
def saints():
    reunion, ssd = DepartementFactory(code="974", name="La Réunion"), DepartementFactory(code="93", name="Seine-St-D")
    return [
        TerritoryFactory(code="97411", name="Saint-Denis", departement=reunion, population=155634),
        TerritoryFactory(code="93066", name="Saint-Denis", departement=ssd, population=149077),
    ]


def test_what_can_only_mean_one_territory_is_taken(saints):
    rouen = TerritoryFactory(code="76540", name="Rouen")
    form = AForm({"town": "rouen"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["town"] == rouen


def test_a_choice_of_the_list_is_taken(saints):
    form = AForm({"town": "Saint-Denis (93)", "town_for": "Saint-Denis (93)", "town_code": "93066"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["town"] == saints[1]


def test_without_javascript_the_list_comes_with_what_was_typed(saints):
    form = AForm({"town": "st denis"})
    assert form.errors["town"] == ["Choisissez le bon territoire dans la liste ci-dessous."]
    page = str(form["town"])
    assert 'value="st denis"' in page
    assert page.index('value="97411"') < page.index('value="93066"')
    again = AForm({"town": "st denis", "town_for": "st denis", "town_code": "93066"})
    assert again.is_valid(), again.errors
    assert again.cleaned_data["town"] == saints[1]


def test_a_choice_made_for_another_text_is_forgotten(saints):
    TerritoryFactory(code="76540", name="Rouen")
    form = AForm({"town": "Rouen", "town_for": "st denis", "town_code": "93066"})
    assert form.is_valid()
    assert form.cleaned_data["town"].code == "76540"


def test_a_full_label_is_understood_without_its_code(saints):
    form = AForm({"town": "Saint-Denis (93)"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["town"] == saints[1]


@pytest.mark.parametrize("typed", ["zzzz", "\x00", "é" * 300, "<script>", "Caf\ufffd", "%%", "999999999"])
def test_what_is_not_found_says_so_and_stays_typed(saints, typed):
    form = AForm({"town": typed})
    assert not form.is_valid()
    assert "<script>" not in str(form["town"]).replace("combobox.js", "").split("</div>")[0]
    assert form["town"].value().text == typed.strip() or typed == "\x00"


@pytest.mark.parametrize("code", ["93066 ", "00000", "' OR 1=1", "x" * 5000, ""])
def test_a_forged_code_opens_nothing(saints, code):
    form = AForm({"town": "Saint-Denis", "town_for": "Saint-Denis", "town_code": code})
    assert form.is_valid() is (code.strip() == "93066")


def test_nothing_typed_is_refused_only_where_an_answer_is_needed():
    assert AForm({"town": " "}).errors["town"] == ["Indiquez une commune ou une intercommunalité."]
    empty = Optional({"town": ""})
    assert empty.is_valid()
    assert empty.cleaned_data["town"] is None


def test_a_field_may_ask_for_one_kind_only():
    TerritoryFactory(code="76540", name="Rouen")
    EpciFactory(code="200023414", name="Rouen Métropole")

    class EpciOnly(forms.Form):
        town = TerritoryField(label="Intercommunalité", kinds=[Kind.EPCI])

    form = EpciOnly({"town": "rouen"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["town"].code == "200023414"


def test_what_was_chosen_before_is_shown(saints):
    page = str(AForm(initial={"town": saints[1]})["town"])
    assert 'value="Saint-Denis (93)"' in page
    assert 'name="town_code" value="93066"' in page
