"""What the children of the demonstration are asked, what they write, propose and hear back: all invented by adults."""

from __future__ import annotations

from typing import Any

Row = dict[str, Any]


def _said(text: str) -> dict[str, str]:
    return {"fr": text}


def _choices(*pairs: tuple[str, str, str]) -> list[Row]:
    return [{"key": key, "label": _said(label), "picto": picto} for key, label, picto in pairs]


AGE: Row = {"key": "age", "kind": "age", "text": _said("Quel âge as-tu ?")}

HOW_ARE_YOU: list[Row] = [
    {
        "key": "toi",
        "title": _said("Toi, tous les jours"),
        "questions": [
            AGE,
            {"key": "humeur", "kind": "smileys", "text": _said("Comment te sens-tu, le plus souvent ?")},
            {"key": "dormir", "kind": "smileys", "text": _said("Est-ce que tu dors bien ?")},
            {
                "key": "calme",
                "kind": "pictures",
                "text": _said("Où peux-tu être au calme ?"),
                "most": 3,
                "choices": _choices(
                    ("chambre", "Dans ma chambre", "1F6CF"),
                    ("jardin", "Dehors, dans la nature", "1F333"),
                    ("bibli", "À la bibliothèque", "1F4DA"),
                    ("ami", "Chez un ami ou une amie", "1F3E0"),
                    ("nulle", "Nulle part", "1F937"),
                ),
            },
        ],
    },
    {
        "key": "ville",
        "title": _said("Dans ta ville"),
        "questions": [
            {"key": "jouer", "kind": "yes_no", "text": _said("Peux-tu jouer dehors près de chez toi ?")},
            {
                "key": "pourquoi",
                "kind": "picture",
                "text": _said("Qu’est-ce qui t’en empêche ?"),
                "only_if": {"question": "jouer", "choices": ["no"]},
                "choices": _choices(
                    ("voitures", "Les voitures", "1F697"),
                    ("place", "Il n’y a pas de place", "1F6AB"),
                    ("permis", "Je n’ai pas le droit", "1F645"),
                    ("sale", "C’est sale ou cassé", "1F5D1"),
                ),
            },
            {
                "key": "ordre",
                "kind": "ranking",
                "text": _said("Qu’est-ce qui te ferait le plus de bien ?"),
                "most": 3,
                "choices": _choices(
                    ("arbres", "Plus d’arbres", "1F333"),
                    ("sport", "Plus de sport", "26BD"),
                    ("parler", "Quelqu’un à qui parler", "1F4AC"),
                    ("musique", "De la musique", "1F3B5"),
                ),
            },
            {"key": "ecoute", "kind": "scale", "text": _said("Est-ce que les adultes t’écoutent ? De 0 à 10")},
            {"key": "idee", "kind": "text", "text": _said("Une idée pour aller mieux dans ta ville ?")},
        ],
    },
]

SCHOOLYARD: list[Row] = [
    {
        "key": "cour",
        "title": _said("Ma cour d’école"),
        "questions": [
            AGE,
            {"key": "aimer", "kind": "smileys", "text": _said("Est-ce que tu aimes ta cour ?")},
            {
                "key": "manque",
                "kind": "pictures",
                "text": _said("Qu’est-ce qui te manque le plus dans ta cour ?"),
                "most": 2,
                "shuffle": True,
                "choices": _choices(
                    ("arbres", "Des arbres et de l’ombre", "1F333"),
                    ("jouer", "De la place pour jouer", "26BD"),
                    ("calme", "Un coin calme", "1F4DA"),
                    ("toilettes", "Des toilettes propres", "1F6BB"),
                    ("eau", "De l’eau pour boire", "1F6B0"),
                ),
            },
            {"key": "ballon", "kind": "yes_no", "text": _said("Y a-t-il une place pour toi quand les autres jouent au ballon ?")},
            {"key": "changer", "kind": "text", "text": _said("Que changerais-tu dans ta cour ?")},
        ],
    }
]  # fmt: skip

IDEAS = (
    "je voudré des arbres pour avoir de l’ombre",
    "Une fontaine pour boire quand on a joué",
    "que les grands nous laissent le terrain un jour sur deux",
    "Un banc pour lire",
    "des toilettes qui ferment",
    "plus de pistes cyclables pour aller au collège",
    "une cabane dans le parc",
    "que le bus passe aussi le mercredi",
    "moins de bruit à la cantine",
    "un endroit où parler quand ça va pas avec une grande personne gentille",
    "peindre les murs",
    "Que Mme Lefort de l’accueil reste plus tard le soir",
    "un skate park",
    "pouvoir jouer dans la rue le dimanche",
    "des jeux pour les enfants en fauteuil",
    "un potager avec des fraises",
)
WORRYING = "à la maison il me tape et j’ai peur de rentrer"
"""Held at once, in the demonstration too: somebody must be able to walk an alert to its outcome."""

PROPOSALS: tuple[tuple[str, str, int], ...] = (
    ("Planter des arbres dans la cour pour avoir de l’ombre", "nature", 24),
    ("Ouvrir la cour de l’école le samedi pour jouer", "play", 31),
    ("Une fontaine à eau près du terrain", "health", 24),
    ("Fermer la rue aux voitures à l’heure de l’école", "street", 6),
    ("Un coin calme avec des coussins et des livres", "school", 28),
    ("Des toilettes qui ferment et du savon", "health", 24),
    ("Le terrain pour les filles un jour sur deux", "together", 2),
    ("Goûter les nouveaux menus de la cantine avant de les choisir", "food", 12),
    ("Des balançoires pour les enfants en fauteuil", "play", 23),
    ("Un adulte à qui parler, dans un lieu sans rendez-vous", "voice", 19),
)
"""Wording, theme, article of the Convention."""
YES = (
    "Oui. Le projet est au budget : les travaux commencent pendant les vacances d’été, et vous choisirez avec nous "
    "l’emplacement."
)
NO = (
    "Pas comme cela. Cette rue est la seule où passe le bus de l’hôpital : nous ne pouvons pas la fermer. Nous "
    "proposons un passage surveillé matin et soir, et nous en reparlons avec vous au printemps."
)
DONE = "C’est fait, avec la classe qui l’avait demandé. Passez voir, et dites-nous ce qui manque encore."
FIRST_NAMES = (
    "Lina", "Noé", "Aya", "Sacha", "Inès", "Malo", "Jeanne", "Ilyes", "Zoé", "Adam", "Maëlle", "Robin", "Nour", "Théo",
)  # fmt: skip
