"""The ten questions that children answer in the benchmark, as data; and what a class may answer."""

from __future__ import annotations

import random
from typing import Any

PICTURES = [
    ("trees", "Des arbres et de l’ombre", "1F333"),
    ("games", "De la place pour jouer", "26BD"),
    ("calm", "Un coin calme", "1F4DA"),
    ("toilets", "Des toilettes propres", "1F6BB"),
    ("other", "Autre chose", "1F4AC"),
]
WORDS = ("Je voudrais des bancs à l’ombre.", "Plus de jeux pour les petits.", "Que la cantine fasse moins de bruit.")


def _choices() -> list[dict[str, Any]]:
    return [{"key": key, "label": {"fr": label}, "picto": picto} for key, label, picto in PICTURES]


def _question(key: str, kind: str, text: str, **more: Any) -> dict[str, Any]:
    return {"key": key, "kind": kind, "text": {"fr": text}, "help": {"fr": ""}, **more}


QUESTIONS: list[dict[str, Any]] = [
    _question("age", "age", "Quel âge as-tu ?"),
    _question("yard", "picture", "Qu’est-ce qui te manque le plus dans ta cour ?", choices=_choices()),
    _question("likes", "pictures", "Qu’est-ce que tu aimes dans ton école ?", choices=_choices(), most=3),
    _question("mood", "smileys", "Comment te sens-tu à l’école ?"),
    _question("safe", "yes_no", "Te sens-tu en sécurité sur le chemin de l’école ?"),
    _question("listen", "smileys", "Les adultes t’écoutent-ils ?"),
    _question("town", "picture", "Que faut-il d’abord dans ta ville ?", choices=_choices()),
    _question("bike", "yes_no", "Voudrais-tu venir à vélo ?"),
    _question("noise", "scale", "Y a-t-il du bruit à la cantine ?"),
    _question("idea", "text", "Une idée pour ta ville ?"),
]
QUESTIONNAIRE: dict[str, Any] = {
    "languages": ["fr"],
    "sections": [{"key": "s1", "title": {"fr": "Mon école, ma ville"}, "questions": QUESTIONS}],
}

FIXED = {"age": ("6-8", "9-12"), "smileys": ("1", "2", "3", "4", "5"), "yes_no": ("yes", "no", "unknown"), "scale": tuple(map(str, range(11)))}  # fmt: skip


def answers(chance: random.Random) -> dict[str, Any]:
    """What one child says: every question, and words one time in three."""
    said: dict[str, Any] = {}
    for question in QUESTIONS:
        key, kind = question["key"], question["kind"]
        if kind == "text":
            if chance.random() < 1 / 3:
                said[key] = chance.choice(WORDS)
        elif kind == "pictures":
            said[key] = sorted(chance.sample([c["key"] for c in question["choices"]], k=chance.randint(1, 3)))
        else:
            said[key] = chance.choice(FIXED.get(kind) or [c["key"] for c in question["choices"]])
    return said
