"""The file, section by section: reading it, writing in it, alone or several at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.forms import BoundField
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marelle.core.rules import Answer as RuleAnswer
from marelle.core.rules import Refused, require
from marelle.programme.actions import answers
from marelle.programme.actions.answers import Outcome
from marelle.programme.definition import Question, Section
from marelle.programme.forms.answers import AnswersForm, revision, typed
from marelle.programme.models import Answer, Candidacy, UnmergedText
from marelle.programme.queries import files, values
from marelle.programme.queries.configuration import followed
from marelle.programme.queries.files import FileState
from marelle.programme.queries.readers import file_for
from marelle.programme.rules import files as rules

from .file_pages import find, shell


@dataclass(frozen=True)
class Asked:
    """One question as the page shows it to this person."""

    question: Question
    number: int
    bound: BoundField | None
    held: Any
    answer: Answer | None
    is_asked: bool
    can_write: RuleAnswer
    to_correct: str
    is_changed: bool
    me: Any
    kept: UnmergedText | None = None
    offers: list[Answer] = field(default_factory=list)
    twin_names: str = ""

    @property
    def key(self) -> str:
        return self.question.key

    @property
    def revision(self) -> int:
        return self.answer.revision if self.answer else 0

    @property
    def words(self) -> str:
        return values.words(self.question, self.held)

    @property
    def problem(self) -> str:
        return values.problem(self.question, self.held)

    @property
    def kept_words(self) -> str:
        return values.words(self.question, self.kept.value) if self.kept else ""

    @property
    def can_share(self) -> bool:
        return bool(self.twin_names)

    @property
    def their_name(self) -> str:
        """Who saved the version that stands beside the text kept apart."""
        if self.answer is None or self.answer.saved_by_id == self.me.pk:
            return _("vous, ailleurs,")
        return files.short_name(self.answer.saved_by)

    @property
    def saved(self) -> str:
        """« Enregistré à 10 h 42 par vous », or the day when it was not today."""
        if self.answer is None:
            return ""
        who = _("vous") if self.answer.saved_by_id == self.me.pk else files.short_name(self.answer.saved_by)
        at = self.answer.saved_at
        if timezone.localdate(at) == timezone.localdate():
            return _("Enregistré à %(hour)s par %(who)s") % {"hour": files.hour(at), "who": who}
        return _("Enregistré le %(moment)s par %(who)s") % {"moment": files.moment(at), "who": who}

    @property
    def only_if(self) -> dict[str, Any] | None:
        """For the page's script: which answer of this section opens the question."""
        condition = self.question.only_if
        if condition is None:
            return None
        wanted = [(values.YES if one else values.NO) if isinstance(one, bool) else one for one in condition.is_one_of]
        return {"question": condition.question, "wanted": " ".join(wanted)}

    @property
    def offered(self) -> list[tuple[Answer, str]]:
        return [(answer, values.words(self.question, answer.value)) for answer in self.offers]


@require_safe
def index(request, public_id: str):
    candidacy = find(request, public_id)
    file = file_for(request.user, candidacy)
    context = shell(request, candidacy, file)
    context["followed"] = followed(candidacy) if context["can_write"] else None
    return render(request, "programme/file/index.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def section(request, public_id: str, key: str):
    candidacy = find(request, public_id)
    section = _section(candidacy, key)
    if request.method != "POST":
        return _page(request, candidacy, section)
    verb, about, source = _pressed(request, candidacy)
    new = _for(verb, about, request.POST, typed(section.questions, request.POST))
    try:
        outcomes = answers.write(candidacy=candidacy, typed=new, by=request.user, at=timezone.now())
        if verb and outcomes.get(about) not in {Outcome.LOCKED, Outcome.TOO_LONG}:
            _do(request, candidacy, verb, about, source, outcomes.get(about))
    except Refused as refusal:
        return _page(request, candidacy, section, refusal=refusal, unsaved=_texts(section, new))
    lost = {k for k, outcome in outcomes.items() if outcome in {Outcome.LOCKED, Outcome.TOO_LONG}}
    if lost:
        return _page(request, candidacy, section, unsaved=_texts(section, {k: new[k] for k in lost}))
    return _onwards(request, candidacy, section, outcomes, new, about if verb else "")


def _onwards(request, candidacy, section: Section, outcomes, new, did: str):
    """After a save: on to the next section, unless something here wants to be looked at again."""
    here = files.section_url(candidacy, section.key)
    if did:
        return redirect(f"{here}#q-{did}")
    apart = [k for k, outcome in outcomes.items() if outcome == Outcome.KEPT_APART]
    if apart:
        messages.warning(
            request,
            ngettext(
                "Une réponse a changé pendant que vous écriviez. Votre texte est gardé à part : choisissez.",
                "%(count)d réponses ont changé pendant que vous écriviez. Vos textes sont gardés à part : choisissez.",
                len(apart),
            )
            % {"count": len(apart)},
        )
        return redirect(f"{here}#q-{apart[0]}")
    wrong = [q.key for q in section.questions if q.key in new and values.problem(q, new[q.key].value)]
    if wrong:
        messages.warning(
            request,
            ngettext(
                "Enregistré. Une réponse est à revoir.", "Enregistré. %(count)d réponses sont à revoir.", len(wrong)
            )
            % {"count": len(wrong)},
        )
        return redirect(f"{here}#q-{wrong[0]}")
    file = files.file_of(candidacy)
    opened = _opened(file, section, new)
    if opened:
        messages.info(request, _("Enregistré. Votre réponse ouvre une autre question."))
        return redirect(f"{here}#q-{opened[0]}")
    messages.success(request, _("Enregistré dans le brouillon. Rien n’est déposé."))
    return redirect(_next(file, section))


def _opened(file: FileState, section: Section, new) -> list[str]:
    """Questions that this save opened on the page and that nobody answered yet."""
    return [
        q.key
        for q in section.questions
        if q.only_if
        and q.only_if.question in new
        and q.key in file.asked
        and q.required
        and not values.is_filled(file.value(q.key))
    ]


def _next(file: FileState, section: Section) -> str:
    urls = [part.url for part in file.parts]
    place = [part.key for part in file.parts].index(section.key)
    return (
        urls[place + 1] if place + 1 < len(urls) else reverse("programme:file_check", args=[file.candidacy.public_id])
    )


VERBS = {"theirs", "mine", "merged", "share", "unshare", "take"}


def _pressed(request, candidacy: Candidacy) -> tuple[str, str, str]:
    """The small button of a question that sent the page: verb, question, and whose answer for `take`."""
    verb, _colon, rest = request.POST.get("do", "").partition(":")
    key, _colon, source = rest.partition(":")
    known = verb in VERBS and key in candidacy.version.definition.questions
    return (verb, key, source) if known else ("", "", "")


def _shown(posted, key: str) -> int:
    """The revision of the colleague's version that the two texts were shown beside."""
    return revision(posted.get(f"m-{key}"))


def _for(verb: str, about: str, posted, new):
    """What of the page is to be saved before the button does its work.

    With two texts side by side, the field holds the colleague's version on a page just loaded, and still this
    person's own while they keep typing: the revision it was written from tells which.
    """
    if about not in new:
        return new
    if verb == "merged":
        return new | {about: answers.Typed(new[about].value, _shown(posted, about))}
    if verb == "theirs" or (verb == "mine" and new[about].base == _shown(posted, about)):
        return {key: one for key, one in new.items() if key != about}
    return new


def _do(request, candidacy: Candidacy, verb: str, key: str, source: str, outcome: Outcome | None) -> None:
    """Settle two texts, share an answer with the twin file, take one up."""
    at, by = timezone.now(), request.user
    if verb in {"theirs", "mine", "merged"}:
        kept = UnmergedText.objects.filter(candidacy=candidacy, question=key, kept_by=by).first()
        if kept is None:
            return
        if verb == "mine":
            answers.put_mine(unmerged=kept, base=_shown(request.POST, key), by=by, at=at)
        elif verb == "theirs" or outcome in {Outcome.SAVED, Outcome.UNCHANGED}:
            # Merged by hand: the field, saved with the rest of the page, is the text made of both.
            answers.let_go(unmerged=kept, by=by)
        return
    answer = candidacy.answers.filter(question=key).first()
    if verb in {"share", "unshare"} and answer:
        answers.share(answer=answer, shared=verb == "share", by=by, at=at)
    elif verb == "take":
        offered = files.shared_by_twins(candidacy, files.twins(candidacy)).get(key, [])
        shared = next((a for a in offered if a.candidacy.public_id == source), None)
        if shared is None:
            raise Refused(_("Cette réponse n’est plus partagée."))
        answers.take_up(candidacy=candidacy, shared=shared, base=answer.revision if answer else 0, by=by, at=at)


@require_POST
def answer(request, public_id: str, key: str):
    """One question saved while it is being written. Answers with what to show beside it."""
    candidacy = find(request, public_id)
    question = candidacy.version.definition.questions.get(key)
    if question is None:
        raise Http404
    section = next(s for s in candidacy.version.definition.sections if question in s.questions)
    new = typed([question], request.POST) or {key: answers.Typed(None, answers.NEVER_READ)}
    try:
        outcome = answers.write(candidacy=candidacy, typed=new, by=request.user, at=timezone.now())[key]
    except Refused as refusal:
        return JsonResponse({"outcome": "refused", "message": refusal.reason}, status=409)
    if outcome == Outcome.TOO_LONG:
        return JsonResponse({"outcome": outcome, "message": too_long()}, status=409)
    if outcome == Outcome.LOCKED:
        locked = rules.can_write(request.user, candidacy, key)
        return JsonResponse({"outcome": outcome, "message": getattr(locked, "reason", "")}, status=409)
    candidacy.refresh_from_db(fields=["last_activity_at"])
    file = files.file_of(candidacy)
    asked = next(a for a in _questions(request, candidacy, file, section) if a.key == key)
    context = shell(request, candidacy, file, one=asked, current=section.key)
    return JsonResponse(
        {
            "outcome": outcome,
            "revision": asked.revision,
            "problem": values.problem(question, new[key].value) if outcome != Outcome.KEPT_APART else "",
            "state": render_to_string("programme/file/question.html#state", context, request),
            "status": render_to_string("programme/file/shell.html#status", context, request),
            "index": render_to_string("programme/file/shell.html#parts", context, request),
            "presence": render_to_string(
                "programme/file/section.html#presence", _presence(request, candidacy, section)
            ),
        }
    )


@require_http_methods(["GET", "HEAD", "POST"])
def versions(request, public_id: str, key: str):
    """What an answer said at each save; put one back."""
    candidacy = find(request, public_id)
    require(rules.can_read_versions(request.user, candidacy))
    question = candidacy.version.definition.questions.get(key)
    answer = get_object_or_404(Answer.objects.select_related("saved_by"), candidacy=candidacy, question=key)
    if question is None:
        raise Http404
    section = next(s for s in candidacy.version.definition.sections if question in s.questions)
    refused = None
    if request.method == "POST":
        try:
            wanted = revision(request.POST.get("revision"))
            answers.restore(answer=answer, revision=wanted, by=request.user, at=timezone.now())
            messages.success(request, _("Version %(number)d reprise.") % {"number": wanted})
            return redirect(f"{files.section_url(candidacy, section.key)}#q-{key}")
        except Refused as refusal:
            refused = refusal
    rows = [
        (row, values.words(question, row.value), files.short_name(row.saved_by))
        for row in answer.revisions.select_related("saved_by")[:100]
    ]
    file = files.file_of(candidacy)
    context = shell(request, candidacy, file, question=question, answer=answer, rows=rows, current=section.key)
    context |= {"refusal": refused, "section": section, "may": rules.can_write(request.user, candidacy, key)}
    return render(request, "programme/file/versions.html", context)


def too_long() -> str:
    return _(
        "Ce texte dépasse %(limit)s signes : il n’est pas enregistré. Raccourcissez-le ou joignez un document."
    ) % {"limit": values.number_in_words(values.TOO_MUCH)}


def _section(candidacy: Candidacy, key: str) -> Section:
    for section in candidacy.version.definition.sections:
        if section.key == key:
            return section
    raise Http404


def _texts(section: Section, new) -> list[tuple[str, str]]:
    """What was typed and could not be kept, to be copied."""
    texts = [(q.label, values.words(q, new[q.key].value)) for q in section.questions if q.key in new]
    return [(label, text) for label, text in texts if text]


def _questions(request, candidacy: Candidacy, file: FileState, section: Section) -> list[Asked]:
    user = request.user
    may_write = rules.can_write(user, candidacy)
    beside = files.twins(candidacy) if may_write else []
    offers = files.shared_by_twins(candidacy, beside)
    kept = files.kept_apart(candidacy, user) if may_write else {}
    form = AnswersForm.of(section.questions, {q.key: file.value(q.key) for q in section.questions})
    return [
        Asked(
            question=q,
            number=number,
            bound=form[q.key],
            held=file.value(q.key),
            answer=file.answers.get(q.key),
            is_asked=q.key in file.asked,
            can_write=rules.can_write(user, candidacy, q.key, open_keys=file.open_keys),
            to_correct=file.to_correct.get(q.key, ""),
            is_changed=q.key in file.changed,
            me=user,
            kept=kept.get(q.key),
            offers=[a for a in offers.get(q.key, []) if a.value != file.value(q.key)],
            twin_names=_twin_names(beside),
        )
        for number, q in enumerate(section.questions, start=1)
    ]


def _twin_names(beside: list[Candidacy]) -> str:
    names = [candidacy.territory.name for candidacy in beside]
    return ", ".join(names) if len(names) <= 2 else _("les dossiers jumeaux")


def _presence(request, candidacy: Candidacy, section: Section) -> dict[str, Any]:
    return {"also": files.also_writing(candidacy, section, besides=request.user, at=timezone.now())}


def _page(request, candidacy: Candidacy, section: Section, *, refusal=None, unsaved=()):
    candidacy.refresh_from_db(fields=["status"]) if refusal else None
    file = file_for(request.user, candidacy)
    parts = file.parts
    place = [part.key for part in parts].index(section.key)
    context = shell(
        request,
        candidacy,
        file,
        section=section,
        current=section.key,
        questions=_questions(request, candidacy, file, section),
        previous=parts[place - 1] if place else None,
        following=parts[place + 1] if place + 1 < len(parts) else None,
        refusal=refusal,
        unsaved=unsaved,
    )
    context |= _presence(request, candidacy, section)
    return render(request, "programme/file/section.html", context)
