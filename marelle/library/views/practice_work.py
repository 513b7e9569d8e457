"""Where a collectivité writes its practices: part by part, several at once, then proposes, changes, takes out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marelle.accounts.queries import standing
from marelle.core.rules import Refused, require
from marelle.library.actions import practice_contacts as contacts
from marelle.library.actions import practice_review as reviewing
from marelle.library.actions import practices as actions
from marelle.library.actions.practices import Outcome
from marelle.library.definition.practices import BY_KEY, PARTS, Part
from marelle.library.forms import practices as forms
from marelle.library.models import Comment, Practice
from marelle.library.queries import people, practice_texts
from marelle.library.queries import practices as queries
from marelle.library.rules import practices as rules
from marelle.library.rules.practices import Act
from marelle.library.views.practices import shown


@require_safe
def ours(request):
    """A collectivité's practices, whatever their state, and those it takes up."""
    require(rules.can_follow(request.user))
    mine, takings = queries.desk(set(standing(request.user).collectivite_ids))
    today = timezone.localdate()
    context = {
        "mine": [(one, one.is_stale(today)) for one in mine],
        "takings": takings,
        "many": len(standing(request.user).collectivites) > 1,
        "can_propose": bool(_writes_for(request.user)),
    }
    return render(request, "library/practices/ours.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def start(request):
    """A title, and a warning when somebody told something alike."""
    organisations = _writes_for(request.user)
    if not organisations:
        return render(request, "library/practices/not_yours.html")  # anyone may ask who tells: it is said, not refused
    form = forms.StartForm(organisations, request.POST if request.method == "POST" else None)
    alike: list[Practice] = []
    refusal = None
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        alike = queries.alike(said["title"], organisation=form.chosen)
        if said["is_another"] or not alike:
            try:
                practice = actions.start(
                    organisation=form.chosen, title=said["title"], summary=said["summary"], **_now(request)
                )
            except Refused as refused:
                refusal = refused
            else:
                messages.success(request, _("La fiche est commencée. Vous seuls la voyez, et l’équipe éditoriale."))
                return redirect("library:practice_part", practice.public_id, PARTS[0].key)
    context = {"form": form, "alike": alike, "refusal": refusal, "many": len(organisations) > 1}
    return render(request, "library/practices/start.html", context, status=409 if alike or refusal else 200)


@require_safe
def work(request, public_id):
    return _overview(request, _find(request, public_id))


@require_http_methods(["GET", "HEAD", "POST"])
def part(request, public_id, key):
    """One screen of the form. Saving keeps what could be read, and shows both texts where a colleague was faster."""
    practice = _find(request, public_id)
    asked = BY_KEY.get(key)
    if asked is None:
        raise Http404
    may = rules.can(request.user, Act.WRITE, practice)
    if request.method != "POST":
        text = practice_texts.working(practice)
        return _form_page(request, practice, asked, forms.PartForm(asked, text=text), text, may)
    form = forms.PartForm(asked, request.POST)
    try:
        outcomes = actions.write(practice=practice, typed=form.typed, **_now(request))
    except Refused as refusal:
        if request.headers.get("X-Autosave"):
            return JsonResponse({"bases": {}, "wrong": [], "message": refusal.reason}, status=409)
        practice = _find(request, public_id)
        text = practice_texts.working(practice)
        return _form_page(request, practice, asked, form, text, True, refusal=refusal, status=409)
    practice = _find(request, public_id)
    text = practice_texts.working(practice)
    if request.headers.get("X-Autosave"):
        return _saved(form, text, outcomes)
    beaten = [name for name, outcome in outcomes.items() if outcome == Outcome.CHANGED_MEANWHILE]
    if form.errors or beaten:
        return _form_page(request, practice, asked, form, text, may, beaten=beaten, status=409 if beaten else 200)
    messages.success(request, _("Enregistré dans le brouillon. Rien n’est proposé."))
    if "stay" in request.POST:
        return redirect("library:practice_part", public_id, key)
    following = PARTS[PARTS.index(asked) + 1 :][:1]
    if following:
        return redirect("library:practice_part", public_id, following[0].key)
    return redirect("library:practice_contact_edit", public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def contact(request, public_id):
    """The last screen: who answers, if they agree."""
    practice = _find(request, public_id)
    known = getattr(practice, "contact", None)
    may = rules.can_name_contact(request.user, practice)
    initial = {"name": known.name, "email": known.email} if known else {}
    form = forms.ContactForm(request.POST if request.method == "POST" else None, initial=initial)
    refusal = None
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            named = contacts.name(practice=practice, person=said["name"], email=said["email"], **_now(request))
        except Refused as refused:
            refusal = refused
        else:
            told = (
                _("C’est noté\u202f: votre nom sera montré avec la fiche.")
                if named.agreed_at
                else _("Nous écrivons à {email}. Son nom sera montré si la personne dit oui.").format(email=named.email)
            )
            messages.success(request, told)
            return redirect("library:practice_work", public_id)
    context = _shell(request, practice, "contact") | {"form": form, "known": known, "may": may, "refusal": refusal}
    return render(request, "library/practices/contact_form.html", context, status=409 if refusal else 200)


@require_POST
def withdraw(request, public_id):
    practice = _find(request, public_id)
    contacts.withdraw(practice=practice, **_now(request))
    messages.success(request, _("Le contact est retiré, partout."))
    return redirect("library:practice_contact_edit", public_id)


@require_safe
def preview(request, public_id):
    """The page as everybody would read it."""
    practice = _find(request, public_id)
    found = queries.page_of(public_id, Practice.objects.worked_on_by(request.user))
    context = shown(found, practice_texts.working(practice)) | {"is_preview": True, "ours": []}
    return render(request, "library/practices/page.html", context)


@require_POST
def submit(request, public_id):
    said = _("La fiche est proposée. L’équipe éditoriale la relit et vous répond par courriel.")
    return _acted(request, public_id, actions.submit, said)


@require_POST
def take_back(request, public_id):
    return _acted(request, public_id, actions.take_back, _("La fiche est de nouveau à vous."))


@require_POST
def change(request, public_id):
    said = _("Changez ce que vous voulez\u202f: le texte public reste en place jusqu’à la relecture du nouveau.")
    return _acted(request, public_id, actions.change, said)


@require_POST
def give_up(request, public_id):
    said = _("Les changements sont abandonnés. Le texte public n’a pas bougé.")
    return _acted(request, public_id, actions.give_up, said)


@require_POST
def reopen(request, public_id):
    return _acted(request, public_id, actions.reopen, _("La fiche est rouverte, en brouillon."))


@require_POST
def confirm(request, public_id):
    said = _("Merci\u202f: la fiche est marquée relue aujourd’hui.")
    return _acted(request, public_id, reviewing.confirm, said)


@require_POST
def archive(request, public_id):
    form = forms.ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    said = _("La fiche a quitté la bibliothèque. Vous pouvez la rouvrir ici.")
    return _acted(request, public_id, actions.archive, said, reason=reason, again={"archive_form": form})


@require_POST
def answer(request, public_id, comment):
    """Answer a remark, settle it, or open it again: from the page of its authors or from the reviewers'."""
    practice = _find(request, public_id)
    found = get_object_or_404(
        Comment.objects.select_related("practice__organisation"), practice=practice, public_id=comment
    )
    back = "library:practice_review" if rules.can_review(request.user) else "library:practice_work"
    form = forms.ReplyForm(request.POST)
    try:
        if request.POST.get("do") in {"settle", "unsettle"}:
            settled = request.POST["do"] == "settle"
            if settled and form.is_valid() and form.cleaned_data["text"].strip():
                reviewing.reply(comment=found, text=form.cleaned_data["text"], **_now(request))
            reviewing.settle(comment=found, settled=settled, **_now(request))
            messages.success(request, _("La remarque est réglée.") if settled else _("La remarque est rouverte."))
        else:
            if not form.is_valid():
                raise Refused(_("La réponse est trop longue."))
            reviewing.reply(comment=found, text=form.cleaned_data["text"], **_now(request))
            messages.success(request, _("Votre réponse est écrite."))
    except Refused as refusal:
        return _overview(request, practice, refusal=refusal, typed=request.POST.get("text", ""), status=409)
    return redirect(f"{_url(back, practice)}#remarques")


def _overview(request, practice: Practice, *, refusal=None, typed="", status=200, **more: Any):
    text = practice_texts.working(practice)
    before = practice_texts.read_before(practice)
    user = request.user
    context = _shell(request, practice, "") | {
        "missing": practice_texts.missing(text),
        "threads": queries.threads(practice),
        "differences": practice_texts.differences(before, text) if before and before is not text else [],
        "alike": queries.alike(text.title, besides=practice, organisation=practice.organisation),
        "may": {act.value: rules.can(user, act, practice) for act in Act},
        "can_submit": rules.can_submit(user, practice),
        "can_give_up": rules.can_give_up(user, practice),
        "contact": getattr(practice, "contact", None),
        "taken_up": practice.takings_up.select_related("organisation").order_by("said_at"),
        "history": people.history(practice),
        "archive_form": forms.ReasonForm(),
        "refusal": refusal,
        "typed": typed,
        **more,
    }
    return render(request, "library/practices/work.html", context, status=status)


def _form_page(
    request, practice: Practice, asked: Part, form, text: Practice, may, *, beaten=(), refusal=None, status=200
):
    place = PARTS.index(asked)
    for question in asked.questions:
        form.fields[question.name].required = question.required  # Said on the page; nothing is compulsory to save.
    context = _shell(request, practice, asked.key) | {
        "part": asked,
        "form": form,
        "may": may,
        "refusal": refusal,
        "beaten": beaten,
        "questions": [
            {
                "question": question,
                "bound": form[question.name],
                "base_name": forms.base_name(question.name),
                "base": practice_texts.base_of(text, question.name),
                "theirs": practice_texts.in_words(text, question.name) if question.name in beaten else None,
                "said": practice_texts.in_words(text, question.name),
            }
            for question in asked.questions
        ],
        "threads": [thread for thread in queries.threads(practice) if thread[0].field in asked.names],
        "previous": PARTS[place - 1] if place else None,
    }
    if beaten:
        messages.warning(
            request,
            ngettext(
                "Une réponse a changé pendant que vous écriviez\u202f: la vôtre n’est pas encore enregistrée. Choisissez.",
                "{n} réponses ont changé pendant que vous écriviez\u202f: les vôtres ne sont pas encore enregistrées. Choisissez.",
                len(beaten),
            ).format(n=len(beaten)),
        )
    return render(request, "library/practices/part.html", context, status=status)


def _saved(form, text: Practice, outcomes) -> JsonResponse:
    """What the page's script hears: what was kept, and the marks to write the next answers from. An answer that a
    colleague changed keeps its old mark, so that the next save by hand shows both texts."""
    beaten = [name for name, outcome in outcomes.items() if outcome == Outcome.CHANGED_MEANWHILE]
    return JsonResponse(
        {
            "bases": {
                forms.base_name(name): practice_texts.base_of(text, name) for name in outcomes if name not in beaten
            },
            "wrong": [*form.errors],
            "message": _("Un·e collègue a changé une réponse. Enregistrez pour voir les deux textes.")
            if beaten
            else "",
        },
        status=409 if beaten else 200,
    )


def _shell(request, practice: Practice, current: str) -> dict[str, Any]:
    """What every page of the form shows: the parts, what each still lacks, where the text stands and who has it."""
    gaps = practice_texts.missing_in(practice_texts.working(practice))
    is_of_town = practice.organisation_id in standing(request.user).organisation_ids
    ours, queue = (_("Nos pratiques"), "library:practices_ours"), (_("Pratiques à relire"), "library:practice_queue")
    label, name = ours if is_of_town else queue
    up = {"label": label, "url": reverse(name)}
    return {
        "practice": practice,
        "title": practice_texts.working(practice).title,
        "parts": [(one, gaps[one.key]) for one in PARTS],
        "current": current,
        "is_of_town": is_of_town,
        "up": up,
    }


def _acted(request, public_id, action: Callable[..., Any], said: str, *, again: dict | None = None, **facts: Any):
    """Do it, say so; or show the page again with the reason."""
    practice = _find(request, public_id)
    try:
        action(practice=practice, **facts, **_now(request))
    except Refused as refusal:
        return _overview(request, _find(request, public_id), refusal=refusal, status=409, **(again or {}))
    messages.success(request, said)
    return redirect("library:practice_work", public_id)


def _find(request, public_id) -> Practice:
    rows = Practice.objects.worked_on_by(request.user).select_related(
        "organisation__territory", "latest_revision", "live_revision", "locked_by", "contact", "edited_by"
    )
    return get_object_or_404(rows, public_id=public_id)


def _writes_for(user) -> list:
    return [one for one in standing(user).collectivites if rules.can_propose(user, one)]


def _now(request) -> dict[str, Any]:
    return {"by": request.user, "at": timezone.now()}


def _url(name: str, practice: Practice) -> str:
    return reverse(name, args=[practice.public_id])
