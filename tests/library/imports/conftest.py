import pytest

from marelle.accounts.enums import Role
from marelle.library.actions import imports as actions
from tests.accounts.factories import national
from tests.library.factories import ArticleFactory, ThemeFactory

from .files import row, xlsx


@pytest.fixture
def editor(db):
    return national(Role.EDITOR)


@pytest.fixture
def vocabulary(db):
    """What cells may name."""
    ThemeFactory(slug="participation", name="Participation")
    ThemeFactory(slug="sante", name="Santé")
    ArticleFactory(number=12)
    ArticleFactory(number=31)


@pytest.fixture
def bring(editor, vocabulary, at):
    """`bring(row(…), …)`: a table is read and carried out; gives what became of each line."""

    def bring(*rows, kind="resource", archive=None, table=None):
        read = actions.read(kind=kind, table=table or xlsx(rows or [row()]), archive=archive, by=editor, at=at)
        return actions.run(imported=read, by=editor, at=at)

    return bring


@pytest.fixture
def read(editor, vocabulary, at):
    def read(*rows, kind="resource", archive=None, table=None):
        return actions.read(kind=kind, table=table or xlsx(rows or [row()]), archive=archive, by=editor, at=at)

    return read
