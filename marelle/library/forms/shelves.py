"""What is typed about a list, and about a resource one has used."""

from django import forms
from django.utils.translation import gettext_lazy as _

from marelle.library.enums import Children, Pleased, Setting


class ListWords(forms.Form):
    title = forms.CharField(label=_("Titre de la liste"), max_length=80)
    note = forms.CharField(
        label=_("Présentation"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Facultatif. Lue par toute personne à qui vous donnez l’adresse\u202f: pas de nom d’enfant."),
    )


class Used(forms.Form):
    pleased = forms.TypedChoiceField(
        label=_("Comment ça s’est passé\u202f?"), choices=Pleased.choices, coerce=int, widget=forms.RadioSelect
    )
    setting = forms.ChoiceField(
        label=_("Où\u202f?"), choices=[("", _("sans réponse")), *Setting.choices], required=False
    )
    children = forms.ChoiceField(
        label=_("Avec combien d’enfants\u202f?"), choices=[("", _("sans réponse")), *Children.choices], required=False
    )
    comment = forms.CharField(
        label=_("Une remarque pour l’équipe qui l’a écrite"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Facultatif, jamais publié. Ne nommez aucun enfant."),
    )
