"""What the people of the demonstration write: invented, plausible, and never about a real child."""

from __future__ import annotations

import random
from typing import Any

from marelle.programme.definition import Definition, Question, QuestionKind
from marelle.territories.models import Territory

INTENTIONS = (
    "Nos écoles et nos centres de loisirs travaillent déjà ensemble. Nous voulons un cadre commun, et que les enfants y aient leur mot à dire.",
    "Le nouveau conseil a fait de l’enfance sa priorité. Nous cherchons une méthode, et d’autres villes avec qui comparer.",
    "Après une consultation dans les quartiers, trois cents enfants attendent une réponse. Nous voulons la leur donner.",
    "Nous étions engagés sous le mandat précédent. Nous voulons aller plus loin sur la santé et sur les trajets vers l’école.",
)
QUESTIONS = (
    "Bonjour, la délibération de principe peut-elle être prise en décembre, après le dépôt du dossier ?",
    "Bonjour, notre service jeunesse compte les enfants par séance. Faut-il compter chaque enfant une seule fois ?",
    "Bonjour, l’intercommunalité gère les centres de loisirs : qui répond à la question sur les places ?",
)
REPLIES = (
    "Bonjour, oui : joignez le projet de délibération au dossier, puis la délibération signée dès qu’elle est prise.",
    "Bonjour, oui, une fois par enfant. Si vous n’avez que les séances, donnez le nombre et dites-le dans le texte.",
    "Bonjour, chacune répond pour ce qu’elle gère. Vous pouvez partager votre réponse avec le dossier jumeau.",
)
NOTES = (
    "Équipe très présente au téléphone. L’élue veut avancer vite, les services demandent du temps.",
    "À vérifier à l’audition : la place des enfants dans le comité, au-delà de la séance d’ouverture.",
)
CORRECTIONS = (
    "Le nombre indiqué semble compter des participations, pas des enfants. Pouvez-vous le préciser ?",
    "La réponse parle de l’année passée. Dites-nous ce qui est prévu pour ce mandat.",
)
OPINIONS = (
    "Nous avons rencontré le conseil d’enfants en octobre. Les adultes écoutent vraiment, et trois propositions sont déjà faites.",
    "Dossier sérieux. Les quartiers les plus éloignés du centre restent peu représentés : un point à suivre.",
)
REASONS = "La gouvernance est en place, les enfants ont contribué au diagnostic et le plan est daté. La commission salue la réponse écrite faite à chaque classe."
RECOMMENDATIONS = (
    "Ouvrir le comité de pilotage aux enfants des quartiers prioritaires dès la deuxième réunion.",
    "Publier chaque année, avec des mots d’enfants, ce qui a été fait de leurs propositions.",
)
TASKS = (
    "Réunir le comité de pilotage avec au moins quatre enfants ou jeunes",
    "Répondre par écrit aux classes consultées au printemps",
)


def answer(question: Question, territory: Territory, chance: random.Random) -> Any:
    """A plausible value for one question, of the right kind."""
    match question.kind:
        case QuestionKind.LONG_TEXT | QuestionKind.SHORT_TEXT:
            said = (
                question.example.strip().removeprefix("«").removesuffix("»").strip() or "À préciser avec les services."
            )
            return said[: question.max_length] if question.max_length else said
        case QuestionKind.NUMBER:
            low = question.minimum or 0
            high = min(question.maximum or max(20, (territory.population or 2000) // 40), 5000)
            return int(low + chance.random() * max(high - low, 1))
        case QuestionKind.YES_NO:
            return chance.random() < 0.7
        case QuestionKind.CHOICE:
            return chance.choice(question.options).key
        case QuestionKind.CHOICES:
            return [
                one.key for one in chance.sample(question.options, k=min(len(question.options), chance.randint(1, 3)))
            ]
        case QuestionKind.DATE:
            return f"2026-{chance.randint(4, 10):02d}-{chance.randint(1, 28):02d}"


def answers(definition: Definition, territory: Territory, chance: random.Random, share: float = 1.0) -> dict[str, Any]:
    """Answers to the first `share` of the questions, those that are asked given the answers before them."""
    said: dict[str, Any] = {}
    questions = list(definition.questions.values())
    for question in questions[: round(len(questions) * share)]:
        if definition.asked(question, said):
            said[question.key] = answer(question, territory, chance)
    return said
