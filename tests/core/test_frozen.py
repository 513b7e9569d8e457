import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marelle.core.frozen import canonical, digest

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inside: st.lists(inside) | st.dictionaries(st.text(), inside),
    max_leaves=8,
)


@given(values)
def test_writing_it_down_and_reading_it_back_keeps_the_fingerprint(value):
    assert digest(json.loads(json.dumps(value))) == digest(value) == digest(json.loads(canonical(value)))


def test_the_order_of_keys_and_a_needless_decimal_say_nothing():
    assert digest({"b": 3.0, "a": "é"}) == digest({"a": "é", "b": 3})


def test_one_changed_letter_shows():
    assert digest({"answer": "oui"}) != digest({"answer": "Oui"})


def test_what_is_not_a_number_cannot_be_frozen():
    with pytest.raises(ValueError, match="Out of range"):
        canonical(float("nan"))
