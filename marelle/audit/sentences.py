"""What each kind of entry says to a person, in French. Each app brings its own, from its `apps.py`."""

_sentences: dict[str, str] = {}


class UnknownKind(LookupError):
    """An action recorded a kind that no app has put into words."""


def describe(sentences: dict[str, str]) -> None:
    """Called once per app at start: {"programme.candidacy.submitted": "a déposé le dossier"}."""
    _sentences.update(sentences)


def sentence(kind: str) -> str:
    try:
        return _sentences[kind]
    except KeyError:
        raise UnknownKind(kind) from None


def all_sentences() -> dict[str, str]:
    return dict(_sentences)
