"""A file that is wrong says which file, where in it, on which line, and why. Nothing crashes the reader."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from marelle.programme.definition import Definition, MandateDefinition
from marelle.programme.definition.reading import Invalid, Problem, read_configuration, read_content, written
from marelle.programme.definition.yaml_lines import read
from marelle.programme.management.commands.load_programme import SHIPPED
from tests.programme.factories import DEFINITION

TITLED = (SHIPPED / "2026-2032" / "ville-amie-des-enfants.yaml").read_text()
NETWORK = (SHIPPED / "2026-2032" / "territoires-denfance.yaml").read_text()
MANDATE = 'key: "2026-2032"\nname: Mandat\nstarts_on: 2026-03-22\nends_on: 2032-03-31\n'


def problems(text: str | bytes, kind=Definition) -> list[Problem]:
    return read_content(text if isinstance(text, bytes) else text.encode(), kind, name="f.yaml")[1]


def line_of(text: str, words: str) -> int:
    return text[: text.index(words)].count("\n") + 1


def test_what_marelle_ships_has_nothing_wrong():
    assert problems(TITLED) == problems(NETWORK) == []


@pytest.mark.parametrize(
    ("before", "after", "path", "reason"),
    [
        ("        why:", "        wy:", "sections[0].questions[0].wy", "vouliez-vous dire « why »"),
        ("        why:", "        wy:", "sections[0].questions[0].why", "ce champ manque"),
        ("kind: titled", "kind: titre", "kind", "au choix"),
        ("kind: long_text", "kind: texte", "sections[0].questions[0].kind", "au choix"),
        ("question: comite-etat,", "question: comite-etats,", "sections[1].questions[3].only_if.question", "aucune"),
        ("question: comite-etat,", "question: protection,", "sections[1].questions[3].only_if.question", "plus loin"),
        (
            "question: comite-etat,",
            "question: transversalite,",
            "sections[1].questions[3].only_if.question",
            "plus loin",
        ),
        (
            "is_one_of: [prevu]",
            "is_one_of: [bientot]",
            "sections[1].questions[3].only_if.is_one_of[0]",
            "réponse possible",
        ),
        ("is_one_of: [prevu]", "is_one_of: []", "sections[1].questions[3].only_if.is_one_of", "au moins une"),
        ("is_one_of: [true]", "is_one_of: [oui]", "sections[0].questions[6].only_if.is_one_of[0]", "réponse possible"),
        (
            "question: titre-precedent,",
            "question: enfants-territoire,",
            "sections[0].questions[6].only_if.question",
            "oui-non",
        ),
        ("up_to: 10000", "up_to: 1000", "fees[1].up_to", "chevauche"),
        ("up_to: 10000", "up_to: 3500", "fees[1].up_to", "chevauche"),
        ("up_to: 10000", "up_to: -1", "fees[1].up_to", "trop petit"),
        ("up_to: null", "up_to: 200000", "fees", "sans limite"),
        ("up_to: 10000", "up_to: null", "fees[2]", "rien ne peut venir après"),
        ("euros: 300", "euros: cher", "fees[1].cents", "manque"),
        ("statuses: [draft]", "statuses: [brouillon]", "steps[1].statuses[0]", "n’est pas un état"),
        ("statuses: [draft]", "statuses: [draft, filed]", "steps[2].statuses[0]", "déjà à une autre étape"),
        ("statuses: [draft]", "statuses: []", "steps", "aucune étape ne montre l’état « draft »"),
        ('"2027-02-28 18:00"', '"demain"', "deadlines.file_due_at", "n’est pas une date"),
        ('"2027-02-28 18:00"', '"2026-01-01 18:00"', "deadlines.file_due_at", "avant l’ouverture"),
        ("[60, 30, 7, 1]", "[60, 300, 7, 1]", "deadlines.chase_days_before[1]", "avant l’ouverture"),
        ("[60, 30, 7, 1]", "[7, 7]", "deadlines.chase_days_before[1]", "déjà prise"),
        ("opinion_reminder_days: 7", "opinion_reminder_days: 30", "deadlines.opinion_reminder_days", "échéance"),
        ("minimum: 0", "minimum: zéro", "sections[0].questions[1].minimum", "un nombre est attendu"),
        (
            "        maximum: 100",
            "        maximum: -3",
            "sections[1].questions[1].maximum",
            "plus petit que le minimum",
        ),
        ("key: ecouter", "key: plan", "sections[4].key", "déjà prise"),
        ("key: transversalite", "key: protection", "sections[1].questions[7].key", "déjà prise"),
        ("key: diagnostic\n", "key: motivation\n", "documents[2].key", "déjà prise"),
        ("key: transversalite", "key: Transversalité", "sections[1].questions[6].key", "n’est pas une clé"),
        ("engagement: participation", "engagement: ecoute", "sections[1].questions[5].engagement", "pas un engagement"),
        ("eligible: [commune, epci, ept]", "eligible: []", "eligible", "au moins un genre"),
        ("eligible: [commune, epci, ept]", "eligible: commune", "eligible", "une liste"),
        ('name: "Ville amie des enfants"', 'name: ""', "name", "vide"),
        ('name: "Ville amie des enfants"', "name: 12", "name", "entre guillemets"),
        ("kind: refusal", "kind: award", "outcomes[3].kind", "déjà prise"),
        (
            "        required: false",
            "        required: peut-être",
            "sections[4].questions[6].required",
            "« true » ou « false »",
        ),
        ("key: ville-amie-des-enfants", "key: ville-amie-des-enfants\nkey: autre", "key", "deux fois"),
        ("kind: yes_no\n", "kind: yes_no\n        unit: kg\n", "sections[0].questions[5].unit", "number"),
    ],
)
def test_each_fault_is_named_where_it_stands(before, after, path, reason):
    assert before in TITLED
    spoiled = TITLED.replace(before, after, 1)
    found = [p for p in problems(spoiled) if p.path == path]
    assert found, problems(spoiled)
    said = found[0].reason.replace("\u202f", " ")
    assert reason in said
    assert found[0].file == "f.yaml"
    assert found[0].line, "a fault in a file has a line"


def test_the_line_is_the_one_to_mend():
    spoiled = TITLED.replace("question: comite-etat,", "question: comite-etats,")
    assert problems(spoiled)[0].line == line_of(spoiled, "question: comite-etats,")


def test_all_faults_are_told_at_once():
    spoiled = TITLED.replace("up_to: 10000,", "up_to: 1,").replace("statuses: [draft]", "statuses: [x]")
    assert {p.path for p in problems(spoiled)} == {"fees[1].up_to", "steps[1].statuses[0]", "steps"}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "suite de"),
        (b"- a\n- b\n", "suite de"),
        (b"juste du texte", "suite de"),
        (b"a: [1, 2", "YAML"),
        (b"a: b: c", "YAML"),
        (b"\ta: 1", "YAML"),
        (b"a: 1\n---\na: 2\n", "YAML"),
        ("name: Évreux".encode("latin-1"), "UTF-8"),
        (b"\xff\xfea\x00", "UTF-8"),
        (b"a: &x 1\nb: *x\n", "renvois"),
        (b"a: !!python/object/apply:os.system [ls]\n", ""),
        (b"a: !!binary aGVsbG8=\n", "tiquette"),
        (b"? [a, b]\n: 1\n", "texte simple"),
        (b"[" * 3000, "niveaux"),
        (b"a: " + b"x" * 1_000_001, "1"),
    ],
)
def test_what_is_not_a_configuration_is_said_in_words(content, reason):
    found = problems(content)
    assert found
    assert any(reason in str(problem) for problem in found), found


@given(st.binary(max_size=400))
def test_any_bytes_give_words_never_a_crash(content):
    thing, found = read_content(content, Definition, name="f.yaml")
    assert thing is None
    assert found


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=12),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=8), inside, max_size=3),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None)
@given(field=st.sampled_from(sorted(DEFINITION)), value=ANYTHING)
def test_any_value_in_any_field_gives_words_never_a_crash(field, value):
    text = yaml.safe_dump(DEFINITION | {field: value}, allow_unicode=True)
    read_content(text.encode(), Definition, name="f.yaml")


@settings(max_examples=40, deadline=None)
@given(start=st.integers(0, len(NETWORK)), length=st.integers(1, 40))
def test_a_file_cut_anywhere_gives_words_never_a_crash(start, length):
    problems(NETWORK[:start] + NETWORK[start + length :])


@given(
    st.dictionaries(
        st.text("abc", min_size=1, max_size=5), st.integers() | st.text("xyz é", max_size=6) | st.booleans()
    )
)
def test_plain_yaml_is_read_as_it_is_written(value):
    dumped = yaml.safe_dump(value, allow_unicode=True).encode()
    if all(not isinstance(v, int) or isinstance(v, bool) or abs(v) < 10**15 for v in value.values()):
        assert read(dumped).value == value


def test_words_that_other_yaml_takes_for_booleans_or_dates_stay_words():
    assert read(b"a: oui\nb: no\nc: on\nd: 2026-03-22\ne: 012\nf: 1_000").value == {
        "a": "oui", "b": "no", "c": "on", "d": "2026-03-22", "e": "012", "f": "1_000",
    }  # fmt: skip


def write(folder: Path, **files: str) -> list[Path]:
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text)
    return list(folder.glob("*.yaml"))


def faults(files) -> str:
    with pytest.raises(Invalid) as invalid:
        read_configuration(files)
    return str(invalid.value).replace("\u202f", " ")


def test_a_folder_needs_its_mandate_and_a_route(tmp_path):
    assert "ce fichier manque" in faults(write(tmp_path, reseau=NETWORK))
    assert "ce fichier manque" in faults([])
    assert "aucun parcours" in faults([one for one in write(tmp_path, mandat=MANDATE) if one.stem == "mandat"])


def test_two_files_do_not_describe_one_route(tmp_path):
    said = faults(write(tmp_path, mandat=MANDATE, un=NETWORK, deux=NETWORK))
    assert "un autre fichier décrit déjà « territoires-denfance »" in said


def test_dates_out_of_order(tmp_path):
    backwards = MANDATE.replace("2032-03-31", "2025-03-31")
    said = faults(write(tmp_path, mandat=backwards, titre=TITLED))
    assert "mandat.yaml:4 · ends_on · le mandat finit avant d’avoir commencé" in said
    assert "titre.yaml" in said
    assert "après la fin du mandat" in said


def test_a_network_asks_everything_on_one_page():
    text = NETWORK.replace(
        "        kind: choice\n",
        "        kind: choice\n        only_if: {question: campagnes, is_one_of: [uniday]}\n",
        1,
    )
    assert [p.path for p in problems(text)] == ["sections[0].questions[4].only_if"]


def test_a_route_with_a_title_cannot_do_without(tmp_path):
    bare = Definition.model_validate(yaml.safe_load(TITLED)).model_dump(mode="json")
    for part, empty in (("sections", []), ("deadlines", None), ("outcomes", [])):
        found = problems(yaml.safe_dump(bare | {part: empty}, allow_unicode=True))
        assert part in {p.path for p in found}


def test_a_mandate_says_its_own_faults():
    assert problems("key: x\nnam: y\n", MandateDefinition)
    assert problems(MANDATE, MandateDefinition) == []


def test_a_path_is_written_as_one_reads_it():
    assert (
        written(("sections", 2, "questions", 4, "only_if", "question")) == "sections[2].questions[4].only_if.question"
    )
