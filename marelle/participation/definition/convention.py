"""The articles of the Convention that say rights, as proposals and consultations name them. Their words are the
library's."""

from marelle.library.definition import Article, convention

ARTICLES: dict[int, Article] = convention()
"""By number. `Article.right` goes on from « Tu as le droit »."""
