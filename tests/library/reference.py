"""The articles of the Convention and the themes, as the definition ships them: for tests that cite them."""

from marelle.library import definition
from marelle.library.models import Article, Theme


def article(number: int) -> Article:
    """One article, with its real words."""
    said = definition.convention()[number]
    return Article.objects.get_or_create(number=number, defaults=_of_article(said))[0]


def theme(slug: str) -> Theme:
    """One theme; its place is that of the definition."""
    rank = [*definition.themes()].index(slug) + 1
    return Theme.objects.get_or_create(slug=slug, defaults=_of_theme(definition.themes()[slug], rank))[0]


def the_convention() -> list[Article]:
    """All the articles, in two queries."""
    rows = [Article(number=number, **_of_article(said)) for number, said in definition.convention().items()]
    Article.objects.bulk_create(rows, ignore_conflicts=True)
    return list(Article.objects.all())


def the_themes() -> list[Theme]:
    rows = [Theme(slug=slug, **_of_theme(one, n)) for n, (slug, one) in enumerate(definition.themes().items(), 1)]
    Theme.objects.bulk_create(rows, ignore_conflicts=True)
    return list(Theme.objects.all())


def _of_article(said):
    return {
        "title": said.title, "wording": said.wording, "child_title": said.child_title,
        "child_wording": said.child_wording, "is_principle": said.principle, "picto": said.picto,
    }  # fmt: skip


def _of_theme(said, position):
    return {"name": said.name, "picto": said.picto, "position": position}
