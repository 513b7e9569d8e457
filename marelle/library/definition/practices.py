"""The guided form of a practice: its parts, each question with why it is asked and an example of ours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Question:
    """`name` is a field of `Practice`."""

    name: str
    label: StrOrPromise
    why: StrOrPromise = ""
    example: StrOrPromise = ""
    required: bool = True
    """Before it is proposed, never before it is saved."""


@dataclass(frozen=True)
class Part:
    """One screen of the form. `key` is in its address."""

    key: str
    title: StrOrPromise
    questions: tuple[Question, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(question.name for question in self.questions)


PARTS = (
    Part(
        "essentiel",
        _("L’essentiel"),
        (
            Question(
                "title",
                _("Le titre"),
                _("On le lit dans une liste\u202f: dites ce qui a été fait, plutôt qu’un nom de dispositif."),
                _("«\u202fLa cour d’école redessinée par ses élèves\u202f»"),
            ),
            Question(
                "summary",
                _("En une phrase ou deux"),
                _("C’est ce qui décide une autre ville à ouvrir la fiche."),
                _("«\u202fTrois classes ont mesuré, dessiné puis défendu devant le conseil une cour plus verte. Les travaux "
                  "ont duré un été.\u202f»"),
            ),
            Question("age_from", _("À partir de quel âge"), _("L’âge des enfants qui ont participé.")),
            Question("age_to", _("Jusqu’à quel âge")),
            Question("themes", _("Thèmes"), _("On vous trouve par eux. Un ou deux suffisent.")),
            Question(
                "articles",
                _("Articles de la Convention"),
                _("Le droit de l’enfant que cette action fait vivre. Sans certitude, laissez vide."),
                required=False,
            ),
            Question("started_in", _("Commencée en"), _("L’année, pour situer."), _("2024"), required=False),
        ),
    ),
    Part(
        "contexte",
        _("Le contexte"),
        (
            Question(
                "context",
                _("D’où êtes-vous partis\u202f?"),
                _("Une autre ville y reconnaît la sienne, ou pas\u202f: le besoin, qui l’a exprimé, ce qui existait déjà."),
                _("«\u202fDeux écoles d’un quartier de 1960, des cours entièrement bitumées. En juin, on n’y tenait plus\u202f; "
                  "le conseil d’école le disait depuis trois ans.\u202f»"),
            ),
        ),
    ),
    Part(
        "enfants",
        _("La part des enfants"),
        (
            Question(
                "children_part",
                _("Qu’ont décidé, fait ou changé les enfants\u202f?"),
                _("C’est le cœur de la fiche. Dites à quel moment leur avis a compté, et ce qui a changé à cause de lui."),
                _("«\u202fLes CM1 ont fait le relevé des zones d’ombre. Leur plan plaçait le terrain de foot au bord\u202f: c’est "
                  "celui qui a été construit, contre le premier dessin des services.\u202f»"),
            ),
        ),
    ),
    Part(
        "etapes",
        _("Les étapes"),
        (
            Question(
                "steps",
                _("Dans l’ordre, une étape par ligne"),
                _("Qui voudra faire de même suivra cette liste. Donnez la durée de chacune si vous la savez."),
                _("«\u202fMesurer la cour avec les élèves (deux matinées)\u202f»"),
            ),
        ),
    ),
    Part(
        "cout",
        _("Le coût"),
        (
            Question(
                "cost_euros",
                _("Combien cela a coûté, en euros"),
                _("Le total payé, hors temps des agents. Zéro veut dire zéro\u202f; si vous ne savez pas, dites-le plutôt."),
                _("12 500"),
            ),
            Question("cost_is_unknown", _("Nous ne connaissons pas le coût")),
            Question(
                "cost_note",
                _("Ce que ce coût comprend"),
                _("Ce qui est payé une fois, ce qui revient chaque année, les aides reçues."),
                _("«\u202fTravaux 11 000 €, arbres 1 500 €. L’Agence de l’eau en a payé la moitié.\u202f»"),
                required=False,
            ),
        ),
    ),
    Part(
        "agents",
        _("Les agents"),
        (
            Question(
                "staff",
                _("Qui y a travaillé, et combien de temps\u202f?"),
                _("Souvent la vraie dépense, et la première question d’une autre ville. Des fonctions, pas des noms."),
                _("«\u202fUne animatrice, un jour par semaine pendant six mois\u202f; un paysagiste de la ville, dix jours.\u202f»"),
            ),
        ),
    ),
    Part(
        "partenaires",
        _("Les partenaires"),
        (
            Question(
                "partners",
                _("Avec qui\u202f?"),
                _("Écoles, associations, services de l’État, familles\u202f: ce que chacun a apporté."),
                _("«\u202fL’école Jean-Zay (les classes), le CAUE (deux ateliers), les parents (la plantation).\u202f»"),
                required=False,
            ),
        ),
    ),
    Part(
        "resultat",
        _("Le résultat"),
        (
            Question(
                "result",
                _("Qu’est-ce qui a changé\u202f?"),
                _("Pour les enfants d’abord. Ce qui existe maintenant et n’existait pas."),
                _("«\u202fLa cour est ouverte au quartier le samedi. Les filles y jouent autant que les garçons.\u202f»"),
            ),
            Question(
                "evidence",
                _("Comment le savez-vous\u202f?"),
                _("Un comptage, une enquête, des paroles d’enfants relues, un avant et un après. Sinon, dites que personne "
                  "n’a encore mesuré."),
                _("«\u202fComptage aux récréations, deux semaines avant et deux semaines après.\u202f»"),
            ),
        ),
    ),
    Part(
        "echecs",
        _("Ce qui n’a pas marché"),
        (
            Question(
                "failures",
                _("Qu’est-ce qui n’a pas marché, ou a failli\u202f?"),
                _("La partie la plus lue des fiches. Elle évite à d’autres de perdre six mois, et personne ne vous en fera "
                  "reproche."),
                _("«\u202fNous avons consulté avant de connaître le budget\u202f: la moitié des idées ont dû être refusées. À "
                  "refaire, on annoncerait la somme le premier jour.\u202f»"),
            ),
        ),
    ),
    Part(
        "conseil",
        _("Le conseil"),
        (
            Question(
                "advice",
                _("Que diriez-vous à qui commence demain\u202f?"),
                _("Une chose ou deux, comme à une collègue au téléphone."),
                _("«\u202fCommencez par une seule cour. Le reste suivra tout seul, à la demande des autres écoles.\u202f»"),
                required=False,
            ),
        ),
    ),
)  # fmt: skip
CONTACT = "contact"
"""The last screen, which is no part of the text: who answers, if they agree."""
QUESTIONS = {question.name: question for part in PARTS for question in part.questions}
PART_OF = {name: part for part in PARTS for name in part.names}
BY_KEY = {part.key: part for part in PARTS}
