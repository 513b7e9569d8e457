"""The 42 articles of the Convention on the Rights of the Child that say rights, each under two names: the short title
adults use (unofficial summary), and a child's, in words of our own.

Here because proposals and consultations name an article first. The library (issue 4) takes this table over, with texts
and translations; `ARTICLES` and its keys stay.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Article:
    number: int
    title: StrOrPromise
    for_children: StrOrPromise
    """Goes on from « Tu as le droit »."""

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


_TITLES = [
    (_("Définition de l’enfant"), _("d’être un enfant jusqu’à tes 18 ans")),
    (_("Non-discrimination"), _("d’être traité comme les autres, qui que tu sois")),
    (_("Intérêt supérieur de l’enfant"), _("que les adultes choisissent ce qui est le mieux pour toi")),
    (_("Exercice des droits"), _("que ton pays fasse vivre tes droits")),
    (_("Orientation et évolution des capacités"), _("que ta famille t’aide à grandir et à choisir")),
    (_("Survie et développement"), _("de vivre et de grandir")),
    (_("Nom et nationalité"), _("d’avoir un nom et un pays")),
    (_("Protection de l’identité"), _("de savoir qui tu es et de le rester")),
    (_("Séparation d’avec les parents"), _("de vivre avec tes parents, ou de les voir tous les deux")),
    (_("Réunification de la famille"), _("de retrouver ta famille si elle est dans un autre pays")),
    (_("Déplacements et non-retours illicites"), _("que personne ne t’emmène de force dans un autre pays")),
    (_("Opinion de l’enfant"), _("de donner ton avis et d’être écouté")),
    (_("Liberté d’expression"), _("de dire, d’écrire et de dessiner ce que tu penses")),
    (_("Liberté de pensée, de conscience et de religion"), _("de penser et de croire par toi-même")),
    (_("Liberté d’association"), _("de te réunir avec d’autres")),
    (_("Protection de la vie privée"), _("d’avoir une vie à toi, et des secrets")),
    (_("Accès à une information appropriée"), _("d’apprendre ce qui se passe, avec des mots pour toi")),
    (_("Responsabilité des parents"), _("que tes parents s’occupent de toi, avec de l’aide s’il le faut")),
    (_("Protection contre les mauvais traitements"), _("que personne ne te fasse du mal")),
    (_("Enfant privé de son milieu familial"), _("qu’on prenne soin de toi si ta famille ne le peut pas")),
    (_("Adoption"), _("d’être adopté dans une famille choisie pour ton bien")),
    (_("Enfants réfugiés"), _("d’être protégé si tu as dû quitter ton pays")),
    (_("Enfants handicapés"), _("de tout faire avec les autres, même avec un handicap")),
    (_("Santé et services médicaux"), _("d’être soigné et de rester en bonne santé")),
    (_("Révision du placement"), _("qu’on vérifie que tu vas bien là où tu vis")),
    (_("Sécurité sociale"), _("que ta famille soit aidée quand elle en a besoin")),
    (_("Niveau de vie"), _("d’avoir une maison, à manger et de quoi t’habiller")),
    (_("Éducation"), _("d’aller à l’école")),
    (_("Objectifs de l’éducation"), _("d’apprendre pour grandir, et de respecter les autres et la nature")),
    (_("Minorités et populations autochtones"), _("de garder ta langue, ta culture et ta religion")),
    (_("Loisirs, activités récréatives et culturelles"), _("de jouer, de te reposer et de faire de l’art")),
    (_("Travail des enfants"), _("de ne pas travailler à un âge où l’on grandit")),
    (_("Consommation et trafic de drogues"), _("d’être protégé de la drogue")),
    (_("Exploitation sexuelle"), _("que personne ne touche ton corps sans droit")),
    (_("Vente, traite et enlèvement"), _("que personne ne t’enlève ni ne te vende")),
    (_("Autres formes d’exploitation"), _("que personne ne profite de toi")),
    (_("Torture et privation de liberté"), _("de ne jamais être torturé ni enfermé avec des adultes")),
    (_("Conflits armés"), _("d’être protégé de la guerre")),
    (_("Réadaptation et réinsertion"), _("d’être aidé à aller mieux si on t’a fait du mal")),
    (_("Justice pour mineurs"), _("d’être défendu et jugé comme un enfant")),
    (_("Respect des normes établies"), _("que la loi qui te protège le mieux soit celle qui compte")),
    (_("Diffusion des droits"), _("de connaître tes droits")),
]
ARTICLES: dict[int, Article] = {
    number: Article(number, title, child) for number, (title, child) in enumerate(_TITLES, start=1)
}
"""By number."""
