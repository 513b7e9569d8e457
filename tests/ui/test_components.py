"""Each component, rendered; and what a hostile hand typed, escaped."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import time_machine
from django import forms
from django.contrib.staticfiles import finders
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError

from marelle.core.rules import NotNow, Refused
from marelle.ui.components.drawings import CHALKS, INK, SOFT

HOSTILE = '"><script>alert(1)</script>'


def render(source, **context):
    return Template(source).render(Context(context))


def test_an_icon_is_for_the_eye_only():
    assert 'aria-hidden="true"' in render('{% icon "calendar" %}')


def test_a_button_submits_or_leads():
    assert render('{% button "Déposer" %}') == '<button class="button" type="submit"><span>Déposer</span></button>'
    assert render('{% button "Voir" href=url kind="calm" %}', url="/a/?b=1&c=2").startswith(
        '<a class="button calm" href="/a/?b=1&amp;c=2">'
    )


def test_a_button_that_may_not_be_used_says_why():
    shown = render('{% button "Déposer" can=answer %}', answer=NotNow("Il manque deux réponses."))
    assert 'aria-disabled="true"' in shown
    assert 'type="button"' in shown
    assert "Il manque deux réponses." in shown


def test_a_button_whose_rule_is_forgotten_stays_closed():
    assert 'aria-disabled="true"' in render('{% button "Déposer" can=nothing_known %}')


@pytest.mark.parametrize(
    "source",
    [
        "{% tag hostile %}",
        "{% figure hostile hostile %}",
        "{% tile hostile hostile hostile %}",
        "{% bar 10 20 label=hostile %}",
        "{% todo hostile url=hostile tag=hostile %}",
        "{% card title=hostile link=hostile link_label=hostile %}{{ hostile }}{% endcard %}",
        "{% notice %}{{ hostile }}{% endnotice %}",
        "{% empty title=hostile %}{{ hostile }}{% endempty %}",
        "{% disclosure summary=hostile %}{{ hostile }}{% enddisclosure %}",
        "{% button hostile href=hostile %}{% button hostile name=hostile value=hostile %}",
        "{% button hostile can=refused %}",
        "{% refusal refused %}",
        "{% crumbs hostile hostile hostile %}",
        "{% hopscotch squares label=hostile %}",
        "{% thread steps label=hostile %}",
        "{% map points=points label=hostile backdrop=hostile %}",
        "{{ hostile|people }}",
    ],
)
def test_what_a_hostile_hand_typed_is_escaped(source):
    shown = render(
        source,
        hostile=HOSTILE,
        refused=NotNow(HOSTILE),
        squares=[{"key": "join", "name": HOSTILE, "state": "todo", "url": HOSTILE, "detail": HOSTILE}],
        steps=[{"title": HOSTILE, "text": HOSTILE, "url": HOSTILE}],
        points=[{"x": 1, "y": 2, "name": HOSTILE, "url": HOSTILE}],
    )
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown


def test_a_component_asked_for_a_square_that_does_not_exist_says_so():
    with pytest.raises(TemplateSyntaxError, match="square"):
        render('{% tag "a" square="moon" %}')


def test_a_card_is_a_region_named_by_its_title():
    shown = render('{% card title="Plan" id="plan" square="plan" %}Corps{% endcard %}')
    assert '<section class="card" id="plan" data-square="plan" aria-labelledby="plan-titre">' in shown
    assert '<h2 id="plan-titre">Plan</h2>' in shown


def test_two_cards_of_one_name_have_two_ids():
    shown = render('{% card title="Plan" %}{% endcard %}{% card title="Plan" %}{% endcard %}')
    first, second = (part.split('"')[0] for part in shown.split('aria-labelledby="')[1:])
    assert first != second


def test_unknown_is_written_out_and_is_not_zero():
    assert "non disponible" in render('{% figure None "enfants" %}')
    assert "<b>0</b>" in render('{% figure 0 "enfants" %}')


def test_a_bar_says_its_figures_and_never_overflows():
    shown = render('{% bar 80 50 label="Objectif" %}')
    assert "80 % fait, 20 % prévu" in shown
    assert 'width="20.0%"' in shown


def test_numbers_sums_and_sizes_are_written_as_in_french():
    assert render("{{ 116331|people }}") == "116\u202f331"
    assert render("{{ none|people }}", none=None) == "non disponible"
    assert render("{{ 120000|euros }} {{ 150|euros }} {{ -5|euros }}") == "1\u202f200\u00a0€ 1,50\u00a0€ −0,05\u00a0€"
    assert render("{{ 1|filesize_fr }}, {{ 1536000|filesize_fr }}, {{ 20000000|filesize_fr }}") == (
        "1\u00a0octet, 1,5\u00a0Mo, 20\u00a0Mo"
    )


def test_days_and_instants_are_written_in_paris_time():
    at = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
    assert render("{% when at %}", at=at) == (
        '<time datetime="2026-11-24T10:30:00+01:00">24\u00a0novembre 2026 à 10\u00a0h\u00a030</time>'
    )
    assert ">1er\u00a0décembre 2026<" in render("{% when day %}", day=date(2026, 12, 1))
    assert render("{% when None %}") == "non disponible"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 24), "depuis aujourd’hui"),
        (date(2026, 11, 23), "depuis hier"),
        (date(2026, 11, 15), "depuis 9 jours"),
        (date(2026, 8, 1), "depuis 3 mois"),
        (date(2023, 8, 1), "depuis 3 ans"),
    ],
)
def test_how_long_something_waits(at, day, words):
    with time_machine.travel(at, tick=False):
        assert words in render("{% since day %}", day=day).replace("\u00a0", " ")


def test_the_hopscotch_is_an_ordered_list_and_says_its_states():
    shown = render(
        "{% hopscotch squares %}",
        squares=[
            {"key": "join", "name": "S’engager", "state": "done", "url": "/a/"},
            {"key": "govern", "name": "Se réunir", "state": "current", "detail": "avant le 12 mai"},
            {"key": "share", "name": "Partager"},
        ],
    )
    assert shown.count("<li") == 3
    assert shown.count('aria-current="step"') == 1
    assert "(fait)" in shown
    assert "(en cours)" in shown
    assert "(plus tard)" in shown


def test_crumbs_end_with_the_page_itself():
    shown = render('{% crumbs "Rouen" "/r/" "Ici" %}')
    assert '<a href="/r/">Rouen</a>' in shown
    assert '<span aria-current="page">Ici</span>' in shown


def test_a_refusal_is_announced_and_nothing_is_said_without_one():
    assert 'role="alert"' in render("{% refusal r %}", r=Refused("Le dossier est déposé."))
    assert render("{% refusal r %}", r=None) == ""


def test_pages_keep_the_filters(rf):
    page = Paginator(range(120), 50).page(2)
    shown = render("{% pagination page %}", page=page, request=rf.get("/?region=28&page=2"))
    assert "?region=28&amp;page=1" in shown
    assert "51 à 100 sur 120" in shown


def test_a_list_of_one_page_has_no_pages():
    assert render("{% pagination page %}", page=Paginator([1], 50).page(1)).strip() == ""


class Question(forms.Form):
    name = forms.CharField(label="Nom", help_text="En entier")
    size = forms.IntegerField(label="Taille", required=False)
    heard = forms.ChoiceField(label="Entendus ?", choices=[("yes", "Oui"), ("no", "Non")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="J’accepte")
    secret = forms.CharField(widget=forms.HiddenInput)


def test_a_field_says_why_and_links_its_error():
    form = Question({"name": "", "size": "deux"})
    shown = render('{% field form.name why="Pour vous nommer." who="le service" example="Inès" %}', form=form)
    assert 'aria-describedby="id_name-why id_name-help id_name-error"' in shown
    for part in ("why", "help", "error"):
        assert f'id="id_name-{part}"' in shown
    assert 'aria-invalid="true"' in shown
    kept = render("{% field form.size %}", form=form)
    assert 'value="deux"' in kept
    assert "(facultatif)" in kept


def test_options_are_a_group_with_big_targets():
    shown = render("{% field form.heard %}", form=Question())
    assert "<fieldset" in shown
    assert shown.count('<label class="option" for="id_heard_') == 2


def test_the_summary_of_errors_leads_to_each_field():
    shown = render("{% form_errors form %}", form=Question({"secret": ""}))
    assert 'href="#id_name"' in shown
    assert 'href="#id_heard_0"' in shown
    assert 'href="#id_agreed"' in shown
    assert "secret" in shown.lower()
    assert render("{% form_errors form %}", form=Question()).strip() == ""


def test_a_chart_never_stands_without_its_table():
    spec = {
        "data": {"values": [{"a": "é", "b": 28}]},
        "mark": "bar",
        "encoding": {"x": {"field": "b", "type": "quantitative"}, "y": {"field": "a", "type": "nominal"}},
    }
    shown = render('{% chart spec table_id="t" label="Par région" %}', spec=spec)
    assert '<figure class="chart" role="img" aria-label="Par région" aria-describedby="t"><svg ' in shown
    assert "graphics-symbol" not in shown  # one name for the whole picture
    assert "style=" not in shown  # the Content Security Policy would drop it
    with pytest.raises(TemplateSyntaxError, match="table_id"):
        render("{% chart spec %}", spec=spec)


def test_a_chart_takes_the_colours_of_the_style_sheet():
    """The style sheet finds each chalk by the value written here, and puts its token in its place."""
    sheet = Path(finders.find("ui/marelle.css")).read_text()
    for colour in [*CHALKS.values(), INK, SOFT]:
        assert f'.chart [fill="{colour}"]' in sheet


def test_a_chart_shows_words_and_never_runs_them():
    spec = {
        "data": {"values": [{"a": "<script>alert(1)</script>", "b": 2}]},
        "mark": "bar",
        "encoding": {"x": {"field": "b", "type": "quantitative"}, "y": {"field": "a", "type": "nominal"}},
    }
    shown = render('{% chart spec table_id="t" %}', spec=spec)
    assert "<script" not in shown
    assert "&lt;script&gt;" in shown


def test_a_map_draws_points_that_have_a_place():
    points = [
        {"x": 10, "y": 20, "name": "Rouen", "url": "/r/", "size": 4.5},
        {"x": None, "y": None, "name": "Nulle part"},
    ]
    shown = render('{% map points=points label="Les membres" list_id="liste" %}', points=points)
    assert '<circle cx="10.0" cy="20.0" r="4.5"' in shown
    assert shown.count("<circle") == 1
    assert "Nulle part" not in shown
