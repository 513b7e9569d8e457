"""Reading French: the same from every thread."""

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
import yaml

from marelle.library.definition.search import french as reading

BEGINNINGS = ("aim", "chant", "dessin", "écout", "jou", "mang", "parl", "plant", "racont", "travaill")
ENDINGS = ("er", "ons", "ez", "erons", "issement", "ation", "ements", "eraient", "ables", "ité", "eusement", "iste")


@pytest.fixture
def hurried():
    """Threads take turns as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def test_many_readers_at_once_find_the_stems_that_one_finds(hurried):
    data = yaml.safe_load((reading.HERE / "french.yaml").read_text(encoding="utf-8"))
    words = [f"{b}{middle}{e}" for b in BEGINNINGS for middle in ("", "ott", "ill", "ass") for e in ENDINGS]
    alone = reading.French(data)
    expected = [alone.stem(word) for word in words]
    shared = reading.French(data)
    with ThreadPoolExecutor(8) as threads:
        orders = [words[n * 40 :] + words[: n * 40] for n in range(8)]
        found = list(threads.map(lambda order: {word: shared.stem(word) for word in order}, orders))
    assert all([one[word] for word in words] == expected for one in found)
