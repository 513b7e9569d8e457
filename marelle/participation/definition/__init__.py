"""A questionnaire as data: its shape, and what is wrong with it."""

from .convention import ARTICLES, Article
from .shape import Choice, Condition, Question, Questionnaire, Section, parsed, questionnaire_of, ticket_paper

__all__ = [
    "ARTICLES",
    "Article",
    "Choice",
    "Condition",
    "Question",
    "Questionnaire",
    "Section",
    "parsed",
    "questionnaire_of",
    "ticket_paper",
]
