"""What could say who a child speaks of, and what may be published of their words."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marelle.participation.enums import Hidden
from marelle.participation.lexicon import keeps_the_words, masked, similar, suggestions


def hidden(text):
    return [(span.kind, text[span.start : span.end]) for span in suggestions(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("mon copain Kévin m’aide", [(Hidden.FIRST_NAME, "Kévin")]),
        ("kevin m’aide", [(Hidden.FIRST_NAME, "kevin")]),
        ("ma copine Zuleyka m’aide", [(Hidden.FIRST_NAME, "Zuleyka")]),
        ("Mme Dupont est gentille", [(Hidden.NAME, "Dupont")]),
        ("la maîtresse Martin crie", [(Hidden.NAME, "Martin")]),
        ("appelle-moi au 06 12 34 56 78", [(Hidden.PHONE, "06 12 34 56 78")]),
        ("+33612345678", [(Hidden.PHONE, "+33612345678")]),
        ("lea.b@exemple.fr", [(Hidden.EMAIL, "lea.b@exemple.fr")]),
        ("mon insta c’est lea_2012", [(Hidden.ACCOUNT, "lea_2012")]),
        ("@lea.b", [(Hidden.ACCOUNT, "@lea.b")]),
        ("j’habite 12 rue des Lilas", [(Hidden.ADDRESS, "12 rue des Lilas")]),
        ("14 avenue foch", [(Hidden.ADDRESS, "14 avenue foch")]),
        ("t’es un connard", [(Hidden.INSULT, "connard")]),
    ],
)
def test_what_says_who_or_hurts_is_offered(text, found):
    assert hidden(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Une rose dans la cour",
        "refaire la place de la République",
        "la rue est trop bruyante",
        "le 119 et le 3018",
        "il y a 28 élèves",
        "Des jeux pour tous",
        "le jade est une pierre",
        "on voudrait un skate parc",
    ],
)
def test_what_names_nobody_is_left(text):
    assert hidden(text) == []


@settings(deadline=None)
@given(st.text(max_size=600) | st.from_regex(r"(Mme|mon copain|06|rue|@|Léa|[0-9 .@-]){0,60}", fullmatch=True))
def test_spans_are_sane(text):
    spans = suggestions(text)
    for span in spans:
        assert 0 <= span.start < span.end <= len(text)
        assert span.kind in Hidden.values
    assert all(one.end <= other.start for one, other in pairwise(spans))
    result = masked(text, spans)
    assert len(result) == len(text) + sum(len(Hidden(s.kind).label) + 2 - (s.end - s.start) for s in spans)


@settings(deadline=None)
@given(st.text(alphabet="abcdéè '’.,!?LKM@0123456789", max_size=300))
def test_a_text_hidden_or_left_alone_keeps_the_childs_words(text):
    assert keeps_the_words(text, text)
    assert keeps_the_words(text, masked(text, suggestions(text)))


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        ("jveu plu darbre dan la cour avec Kevin", "Je veux plus d’arbres dans la cour avec [prénom]"),
        ("la cour est nul et moche", "La cour est nulle"),
        ("des banc", "Des bancs"),
        ("sa pu dan les toilete", "Ça pue dans les toilettes"),
    ],
)
def test_hiding_leaving_out_and_spelling_keep_the_words(text, wording):
    assert keeps_the_words(text, wording)


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        ("je veux des arbres", "Je ne veux pas des arbres"),
        ("je veux des jeux", "Je veux une piscine municipale"),
        ("la cantine est nulle", "La cantine est bonne"),
        ("des jeux", "Des jeux, merci madame la maire"),
        ("des arbres pour les oiseaux", "Des oiseaux pour les arbres"),
    ],
)
def test_saying_something_else_does_not(text, wording):
    assert not keeps_the_words(text, wording)


def test_words_that_say_the_same_are_put_together():
    texts = {
        "a": "des arbres dans la cour",
        "b": "plus d’arbres dans la cour",
        "c": "une piscine",
        "d": "des arbres dans la cour svp",
        "e": "🙂",
        "f": "dé arbre dan la cour",
    }
    assert similar(texts) == [["a", "b", "d", "f"]]
