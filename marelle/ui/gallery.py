"""What the gallery shows: each component in its states, from the very code a template would hold."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.core.paginator import Paginator

from marelle.core.rules import NotNow, Refused


@dataclass(frozen=True)
class Specimen:
    """One component in one state: the code to copy, and what it is shown with."""

    name: str
    code: str
    note: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Shelf:
    """Specimens that belong together."""

    key: str
    title: str
    specimens: list[Specimen]


class Example(forms.Form):
    """A form of every kind of question."""

    name = forms.CharField(label="Comment les enfants ont-ils contribué ?", widget=forms.Textarea(attrs={"rows": 4}))
    count = forms.IntegerField(label="Nombre d’enfants consultés", help_text="Compté une fois par enfant.")
    heard = forms.ChoiceField(
        label="Les enfants ont-ils reçu une réponse ?",
        choices=[("all", "Oui, chaque groupe a reçu un retour"), ("some", "En partie"), ("none", "Pas encore")],
        widget=forms.RadioSelect,
    )
    themes = forms.MultipleChoiceField(
        label="Sur quels sujets ?",
        choices=[("yard", "La cour"), ("way", "Le trajet"), ("meal", "La cantine")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    held_on = forms.DateField(label="Date de la séance", widget=forms.DateInput(attrs={"type": "date"}))
    service = forms.ChoiceField(label="Service", choices=[("", "Choisissez"), ("youth", "Jeunesse")], required=False)
    paper = forms.FileField(label="Délibération (PDF)", required=False)
    agreed = forms.BooleanField(label="Nous acceptons la charte du réseau")


def _squares(*states: str) -> list[dict[str, Any]]:
    names = {
        "join": "S’engager", "govern": "Se réunir", "listen": "Écouter", "plan": "Décider",
        "act": "Agir", "measure": "Mesurer", "share": "Partager",
    }  # fmt: skip
    details = {"listen": "4 réponses sur 7", "join": "convention signée"}
    return [
        {
            "key": key,
            "name": name,
            "state": state,
            "url": "#ecouter" if state == "current" else "",
            "detail": details.get(key, ""),
        }
        for (key, name), state in zip(names.items(), states, strict=True)
    ]


CHART = {
    "data": {
        "values": [
            {"region": "Normandie", "n": 28},
            {"region": "Bretagne", "n": 21},
            {"region": "Occitanie", "n": 17},
        ]
    },
    "mark": "bar",
    "width": 460,
    "encoding": {
        "y": {"field": "region", "type": "nominal", "sort": "-x", "title": None},
        "x": {"field": "n", "type": "quantitative", "title": "collectivités"},
    },
}
FRAME = [
    {"path": "M20 30L120 10L190 60L170 150L60 170L10 100Z", "name": "Un département"},
    {"path": "M190 60L280 40L300 140L170 150Z", "name": "Son voisin"},
]
POINTS = [
    {"x": 90.0, "y": 80.0, "name": "Rouen", "url": "#rouen", "square": "join", "size": 8},
    {"x": 230.0, "y": 95.0, "name": "Vernon", "url": "#vernon", "square": "listen", "size": 6},
]


def shelves() -> list[Shelf]:
    """Made anew for each page: a form that was checked remembers it."""
    asked = Example()
    wrong = Example({"name": "", "count": "deux cents"}, auto_id="erreur_%s")
    done = _squares("done", "done", "current", "todo", "todo", "later", "later")
    never = _squares("current", *["later"] * 6)
    thread = [
        {"title": "Entendu", "text": "Consultation « Ma cour », 12 mars", "square": "listen", "done": True},
        {"title": "Décidé", "text": "Comité du 4 avril : 6 cours avant 2028", "square": "govern", "done": True},
        {"title": "À réaliser", "text": "Action 2.3, première cour en juillet", "square": "act"},
    ]
    held = {"answer": NotNow("Il manque 3 réponses et la délibération.")}
    return [
        Shelf("boutons", "Agir", [
            Specimen("Bouton principal", '{% button _("Déposer le dossier") icon="send" %}', "Une seule action principale par écran."),
            Specimen("Les autres", '{% button _("Vérifier") kind="calm" %} {% button _("Retirer la candidature") kind="danger" icon="trash-2" %} {% button _("Annuler") kind="link" %}'),
            Specimen("Lien qui en a l’allure", '{% button _("Ouvrir le plan") href="#plan" kind="calm" icon="arrow-right" %}'),
            Specimen("Empêché, avec sa raison", '{% button _("Déposer le dossier") can=answer %}', "La même réponse de la règle ouvre l’action et explique le bouton.", held),
            Specimen("Refus d’une action", "{% refusal refused %}", facts={"refused": Refused("Le dossier est déjà déposé depuis hier.")}),
        ]),
        Shelf("marelle", "La marelle", [
            Specimen("En chemin", '{% hopscotch squares label=_("Où en est Rouen") %}', "Une liste d’abord, un dessin ensuite. Fait : plein. Maintenant : le galet. Plus tard : pointillé.", {"squares": done}),
            Specimen("Au départ", "{% hopscotch squares %}", facts={"squares": never}),
            Specimen("Le fil d’une proposition", '{% thread steps label=_("Des arbres dans la cour") %}', facts={"steps": thread}),
        ]),
        Shelf("chiffres", "Chiffres et repères", [
            Specimen("Chiffre", '<div class="grid small">{% figure 14832 _("propositions d’enfants") %}{% figure 0 _("réalisées") %}{% figure None _("enfants de 0 à 17 ans") %}</div>', "Un nombre dit toujours ce qu’il compte. Inconnu s’écrit, et n’est pas zéro."),
            Specimen("Compte qui mène quelque part", '<div class="grid small">{% tile 5 _("attendent une réponse de moi") "#moi" square="plan" %}{% tile 27 _("avancent seules") "#seules" square="act" %}</div>'),
            Specimen("Avancement", '{% bar 38 25 label=_("Cours d’école") square="plan" %}', "Le fait est plein, le prévu est hachuré."),
            Specimen("Étiquettes", '<div class="row">{% tag _("Brouillon") %}{% tag _("Déposé") kind="ok" %}{% tag _("4 jours") kind="warn" %}{% tag _("En retard") kind="bad" %}{% tag _("3 Écouter") square="listen" %}{% demo_mark %}{% demo_mark short=True %}</div>{% demo_legend %}'),
            Specimen("Dates et nombres", "<p>{% when at %} · {% when day %} · {% since day %} · {{ 116331|people }} hab. · {{ 120000|euros }} · {{ 1536000|filesize_fr }}</p>", facts={"at": datetime(2026, 11, 24, 9, 30, tzinfo=UTC), "day": date(2026, 11, 1)}),
        ]),
        Shelf("blocs", "Contenir", [
            Specimen("Carte", '{% card title=_("Plan d’action") square="plan" link="#plan" link_label=_("Ouvrir le plan") %}<p>Trois objectifs, douze actions.</p>{% endcard %}'),
            Specimen("À faire", '{% card title=_("À faire") %}{% todo _("Valider le compte rendu") square="govern" url="#cr" until=day tag=_("3 jours") kind="warn" %}{% todo _("Relire 9 réponses d’enfants") square="listen" tag="9" %}{% todo _("Joindre la délibération") square="join" tag=_("En retard") kind="bad" %}{% endcard %}', facts={"day": date(2026, 11, 27)}),
            Specimen("Avis", '<div class="stack">{% notice %}<p>À savoir.</p>{% endnotice %}{% notice kind="ok" %}<p>C’est enregistré.</p>{% endnotice %}{% notice kind="warn" %}<p>Le dépôt ferme dans 3 jours.</p>{% endnotice %}{% notice kind="bad" %}<p>Le fichier n’a pas été reçu.</p>{% endnotice %}{% notice square="listen" %}<p>Marc B. écrit aussi dans cette section.</p>{% endnotice %}</div>'),
            Specimen("Rien encore", '{% empty title=_("Aucun message") icon="mail-open" %}<p>Les questions de votre conseillère arriveront ici.</p>{% endempty %}'),
            Specimen("Déplier", '{% disclosure summary=_("Comment est calculée la cotisation ?") %}<p>Selon la population municipale.</p>{% enddisclosure %}'),
        ]),
        Shelf("pictogrammes", "Pictogrammes", [
            Specimen("Avec ses mots à côté", '<p class="row">{% picto "1F333" %} Des arbres</p>', "Le mot dit la même chose : rien de plus n’est lu."),
            Specimen("Seul", '<p class="row">{% picto "1F436" label=_("chien") %}{% picto "1F3A8" label=_("peinture") size=40 %}</p>', "Seul, il porte son mot."),
        ]),
        Shelf("questions", "Demander", [
            Specimen("Question", '{% field form.name why=_("La commission regarde la part réelle des enfants.") who=_("le service jeunesse") example=_("214 enfants de 6 à 17 ans ont répondu en classe.") %}', facts={"form": asked}),
            Specimen("Choix", '<div class="stack">{% field form.heard %}{% field form.themes %}</div>', facts={"form": asked}),
            Specimen("Autres champs", '<div class="stack">{% field form.held_on %}{% field form.service %}{% field form.paper %}{% field form.agreed %}</div>', facts={"form": asked}),
            Specimen("Longue liste", '<div class="stack"><label for="liste_service">Service</label>{% choice_list form.service %}<label for="departement">Département</label><select id="departement">{% options departements "76" %}</select></div>', "Écrite d’un trait : une liste de départements en a cent.", {"form": Example(auto_id="liste_%s"), "departements": [("27", "27 Eure"), ("76", "76 Seine-Maritime")]}),
            Specimen("Avec des erreurs", '<form method="get" class="stack" novalidate>{% form_errors form %}{% field form.name %}{% field form.count %}{% field form.heard %}{% field form.agreed %}</form>', "Le texte saisi est gardé ; chaque ligne du résumé mène à son champ.", {"form": wrong}),
        ]),
        Shelf("listes", "Lister et situer", [
            Specimen("Fil d’Ariane", '{% crumbs "Rouen" "#rouen" "Dossier 2026-2032" "#dossier" "Écouter les enfants" %}'),
            Specimen("Tableau, cartes sur téléphone", '<table class="cards-on-phone"><thead><tr><th scope="col">Collectivité</th><th scope="col">Case</th><th scope="col" class="number">Habitants</th></tr></thead><tbody><tr><td data-label="Collectivité"><a href="#rouen">Rouen</a></td><td data-label="Case">{% tag _("3 Écouter") square="listen" %}</td><td data-label="Habitants" class="number">{{ 116331|people }}</td></tr><tr><td data-label="Collectivité"><a href="#vernon">Vernon</a></td><td data-label="Case">{% tag _("6 Mesurer") square="measure" %}</td><td data-label="Habitants" class="number">{{ None|people }}</td></tr></tbody></table>'),
            Specimen("Pages d’une liste", "{% pagination page %}", facts={"page": Paginator(range(640), 50).page(3)}),
            Specimen("Graphique et son tableau", '{% chart spec table_id="par-region" label=_("Collectivités par région") %}<table id="par-region"><caption>Collectivités par région</caption><tbody><tr><th scope="row">Normandie</th><td class="number">28</td></tr><tr><th scope="row">Bretagne</th><td class="number">21</td></tr><tr><th scope="row">Occitanie</th><td class="number">17</td></tr></tbody></table>', "Jamais l’un sans l’autre.", {"spec": CHART}),
            Specimen("Carte et sa liste", '{% map points=points shapes=shapes view_box="0 0 310 180" label=_("Deux villes") list_id="deux-villes" %}<ul id="deux-villes"><li><a href="#rouen">Rouen</a></li><li><a href="#vernon">Vernon</a></li></ul>', facts={"points": POINTS, "shapes": FRAME}),
        ]),
    ]  # fmt: skip
