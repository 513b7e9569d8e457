"""The files of a resource, as the editorial team tends them: added, put right, put in order, withdrawn, put back."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin.admin_url_finder import AdminURLFinder

from marelle.core.rules import Refused
from marelle.documents.checks import UploadRefused
from marelle.library.actions import files as actions
from marelle.library.forms.files import AddForm, DescribeForm, VersionForm
from marelle.library.models import FileVersion, Resource, ResourceFile
from marelle.library.rules import files as rules


@require_http_methods(["GET", "HEAD", "POST"])
def files(request, public_id):
    """All of them, withdrawn ones included; and the form that adds one."""
    resource = _resource(request, public_id)
    form = AddForm(request.POST, request.FILES) if request.method == "POST" else AddForm(initial={"label": ""})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.add(resource=resource, by=request.user, at=timezone.now(), **said)
        except (UploadRefused, Refused) as refused:
            form.add_error("content" if isinstance(refused, UploadRefused) else None, _reason(refused))
        else:
            messages.success(request, _("Le fichier «\u202f{label}\u202f» est ajouté.").format(label=said["label"]))
            return redirect("library:files", public_id)
    versions = FileVersion.objects.select_related("stored", "added_by").order_by("-number")
    rows = list(resource.files.prefetch_related(Prefetch("versions", versions)))
    context = {
        "resource": resource,
        "standing": [row for row in rows if not row.withdrawn_at],
        "withdrawn": [row for row in rows if row.withdrawn_at],
        "form": form,
        "edit_url": AdminURLFinder(request.user).get_edit_url(resource) or "",
        "can_add": rules.can_add(request.user, resource),
    }
    return render(request, "library/resources/files.html", context, status=200 if not form.errors else 422)


@require_http_methods(["GET", "HEAD", "POST"])
def version_add(request, public_id):
    """The same file, put right."""
    file = _file(request, public_id)
    form = VersionForm(request.POST, request.FILES) if request.method == "POST" else VersionForm()
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_version(file=file, by=request.user, at=timezone.now(), **form.cleaned_data)
        except UploadRefused as refused:
            form.add_error("content", str(refused))
        except Refused as refused:
            refusal = refused
        else:
            said = _("Version {n} de «\u202f{label}\u202f» en ligne. L’ancienne garde son adresse.")
            messages.success(request, said.format(n=made.number, label=file.label))
            return redirect("library:files", file.resource.public_id)
    context = {
        "file": file,
        "resource": file.resource,
        "form": form,
        "refusal": refusal,
        "can_change": rules.can_change(request.user, file),
        "versions": file.versions.select_related("stored"),
    }
    return render(request, "library/resources/version_add.html", context, status=200 if not form.errors else 422)


@require_http_methods(["GET", "HEAD", "POST"])
def describe(request, public_id):
    """Its name, its language, its print."""
    file = _file(request, public_id)
    form = DescribeForm(request.POST or None, instance=file)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.describe(file=file, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, _("C’est changé."))
            return redirect("library:files", file.resource.public_id)
    context = {"file": file, "resource": file.resource, "form": form, "refusal": refusal}
    return render(request, "library/resources/file_describe.html", context, status=200 if not form.errors else 422)


@require_POST
def act(request, public_id, verb):
    """Up, down, withdrawn, put back: one press, and the list says what happened."""
    file = _file(request, public_id)
    at = timezone.now()
    try:
        if verb in {"monter", "descendre"}:
            actions.move(file=file, up=verb == "monter", by=request.user, at=at)
        elif verb == "retirer":
            actions.withdraw(file=file, by=request.user, at=at)
            said = _("«\u202f{label}\u202f» est retiré. Vous pouvez le remettre plus bas.")
            messages.success(request, said.format(label=file.label))
        else:
            actions.restore(file=file, by=request.user, at=at)
            messages.success(request, _("«\u202f{label}\u202f» est de nouveau en ligne.").format(label=file.label))
    except Refused as refused:
        messages.error(request, _reason(refused))
    return redirect("library:files", file.resource.public_id)


def _resource(request, public_id) -> Resource:
    _only_the_team(request)
    return get_object_or_404(Resource, public_id=public_id)


def _file(request, public_id) -> ResourceFile:
    _only_the_team(request)
    return get_object_or_404(ResourceFile.objects.select_related("resource"), public_id=public_id)


def _only_the_team(request) -> None:
    if not (answer := rules.can_tend(request.user)):
        raise PermissionDenied(answer.reason)


def _reason(refused) -> str:
    return getattr(refused, "reason", "") or str(refused)
