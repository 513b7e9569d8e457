"""Whatever happens, and in whatever order, an import never writes over what somebody wrote by hand. Pure."""

from hypothesis import given
from hypothesis import strategies as st

from marelle.library.definition.imports.law import Fate, fate, mark, written

VALUES = st.sampled_from(["", "a", "b", "c", "d"])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("import"), VALUES),
        st.tuples(st.just("hand, draft"), VALUES),
        st.tuples(st.just("hand, published"), VALUES),
        st.tuples(st.just("publish"), st.just("")),
    ),
    max_size=12,
)


class Field:
    """One field of a sheet: its draft, what readers see, what is remembered of imports."""

    def __init__(self, first):
        self.draft = self.shown = first
        self.put = written(first, at="t0")
        self.by_hand = False
        """Whether the draft says what somebody typed, and not what an import wrote last."""

    def bring(self, value):
        decided = fate(value, draft=self.draft, shown=self.shown, put=self.put)
        if decided == Fate.CHANGED:
            self.draft, self.put = value, written(value, at="t", before=self.put)
        return decided

    def play(self, step, value):
        if step == "import":
            return self.bring(value)
        if step == "publish":
            self.shown = self.draft
            return None
        self.draft = value
        if step == "hand, published":
            self.shown = value
        self.by_hand = mark(value) != self.put.last
        return None


@given(VALUES, STEPS)
def test_what_was_written_by_hand_is_never_written_over(first, steps):
    field = Field(first)
    for step, value in steps:
        before = field.draft
        field.play(step, value)
        if step == "import" and field.by_hand:
            assert field.draft == before


@given(VALUES, STEPS, VALUES)
def test_the_same_table_twice_changes_nothing_the_second_time(first, steps, value):
    field = Field(first)
    for step, said in steps:
        field.play(step, said)
    field.bring(value)
    draft, put = field.draft, field.put
    assert field.bring(value) != Fate.CHANGED
    assert (field.draft, field.put) == (draft, put)


@given(VALUES, st.lists(VALUES, max_size=8), st.booleans())
def test_what_nobody_touched_follows_its_table_published_or_not(first, values, is_published_once):
    field = Field(first)
    for number, value in enumerate(values):
        field.bring(value)
        assert field.draft == value
        if is_published_once and number == 0:
            field.play("publish", "")


@given(VALUES, VALUES)
def test_a_field_that_no_import_wrote_is_somebody_s(draft, new):
    decided = fate(new, draft=draft, shown=draft, put=None)
    assert decided == (Fate.SAME if new == draft else Fate.KEPT)


def test_a_draft_kept_aside_by_hand_counts_as_much_as_what_is_public():
    field = Field("a")
    field.play("hand, draft", "b")
    assert field.bring("c") == Fate.KEPT
    assert (field.draft, field.shown) == ("b", "a")
