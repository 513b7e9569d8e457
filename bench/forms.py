"""Two more yardsticks, a Django project as `startproject` makes it: one row stored, and ten questions with plain forms.

`/insert/`: the least that Django can do to store something. No page, no form, no check: the body goes into one row.
`/form/`: the journey of a child as Django's tutorial would write it. One `Form` with ten fields, its widgets rendered
for each request, the CSRF token checked; a valid one is one row, and a redirect to the thanks.

Same engine, same database settings (durable, WAL, IMMEDIATE) and same Granian as Marelle: they are read from Marelle's
settings. `python -m bench.forms` makes the table anew; `--count` says how many rows it holds.
"""

import json
import os
import sys
from pathlib import Path

import django
from django import forms
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection, models
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from bench.questions import FIXED, QUESTIONS
from marelle.config.settings import DATABASES

HERE = Path(__file__).resolve().parent
if "sqlite3" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["NAME"] = DATABASES["default"]["NAME"].with_name("yardstick.sqlite3")

settings.configure(
    SECRET_KEY="yardstick",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    USE_TZ=True,
    DATABASES=DATABASES,
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.messages",
    ],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "DIRS": [HERE / "templates"],
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages",
                ]
            },
        }
    ],
)
os.environ.pop("DJANGO_SETTINGS_MODULE", None)
django.setup()


class Stored(models.Model):
    """One row, for one sending."""

    content = models.TextField()

    class Meta:
        app_label = "bench"
        db_table = "bench_stored"


def _field(question):
    label, kind = question["text"]["fr"], question["kind"]
    if kind == "text":
        return forms.CharField(label=label, required=False, max_length=300, widget=forms.Textarea)
    choices = [(c["key"], c["label"]["fr"]) for c in question.get("choices", [])] or [(k, k) for k in FIXED[kind]]
    if kind == "pictures":
        return forms.MultipleChoiceField(
            label=label, required=False, choices=choices, widget=forms.CheckboxSelectMultiple
        )
    return forms.ChoiceField(label=label, required=False, choices=choices, widget=forms.RadioSelect)


Answers = type("Answers", (forms.Form,), {question["key"]: _field(question) for question in QUESTIONS})


@csrf_exempt
def insert(request):
    Stored.objects.create(content=request.body.decode())
    return HttpResponse(status=204)


def form(request):
    filled = Answers(request.POST or None)
    if request.method == "POST" and filled.is_valid():
        Stored.objects.create(content=json.dumps(filled.cleaned_data))
        return redirect("/thanks/")
    return render(request, "form.html", {"form": filled})


def thanks(request):
    return render(request, "thanks.html")


urlpatterns = [path("insert/", insert), path("form/", form), path("thanks/", thanks)]
application = get_wsgi_application()

if __name__ == "__main__":
    if "--count" in sys.argv:
        print(Stored.objects.count())
    else:
        with connection.schema_editor() as editor:
            editor.create_model(Stored)
