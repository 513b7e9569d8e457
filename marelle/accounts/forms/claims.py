from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from marelle.accounts.enums import Kind, Proof, Role, roles_of
from marelle.documents.checks import DOCUMENTS
from marelle.territories.forms import TerritoryField


class ClaimForm(forms.Form):
    territory = TerritoryField(label=_("Votre commune ou intercommunalité"))
    role = forms.ChoiceField(
        label=_("Votre rôle dans la démarche"),
        choices=[(role, Role(role).label.capitalize()) for role in roles_of(Kind.COLLECTIVITE)],
        initial=Role.LEAD,
    )
    job_title = forms.CharField(
        label=_("Votre fonction"),
        max_length=120,
        help_text=_("Par exemple : directrice enfance-jeunesse, adjoint à l’éducation."),
    )
    proof = forms.ChoiceField(
        label=_("Ce qui montre que vous travaillez pour ce territoire"),
        choices=[
            (Proof.EMAIL_DOMAIN, _("Mon adresse électronique de connexion est celle de la collectivité")),
            (Proof.DOCUMENT, _("Je joins un document")),
        ],
        widget=forms.RadioSelect,
        initial=Proof.DOCUMENT,
    )
    document = forms.FileField(
        label=_("Document"),
        required=False,
        help_text=_("Un arrêté, une attestation signée, une fiche de poste : %(words)s.") % {"words": DOCUMENTS.words},
    )
    message = forms.CharField(
        label=_("Une précision pour la personne qui vérifie"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, known_by_proconnect=False, **kwargs):
        super().__init__(*args, **kwargs)
        if known_by_proconnect:
            self.fields["proof"].choices = [
                (Proof.PROCONNECT, _("ProConnect m’identifie comme agent de ce territoire")),
                *self.fields["proof"].choices,
            ]
            self.fields["proof"].initial = Proof.PROCONNECT

    def clean(self):
        data = super().clean()
        if data.get("proof") == Proof.DOCUMENT and not data.get("document") and "document" not in self.errors:
            self.add_error("document", _("Joignez le document, ou choisissez l’autre preuve."))
        return data


class RefusalForm(forms.Form):
    reason = forms.CharField(
        label=_("Pourquoi la demande est refusée"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("La personne recevra ces mots, et pourra demander à nouveau."),
    )
