"""Reference data of the library, as the YAML beside this module says it: the articles of the Convention, the themes.

convention()[12].right    "de donner ton avis et d’être écouté"
"""

from .reading import Article, Theme, convention, themes

__all__ = ["Article", "Theme", "convention", "themes"]
