"""The yardsticks: a Django project as `startproject` makes it, with two views, each renders one template, no query.

`/bare/`, the yardstick of the goals: an ordinary page of some 12 kB. Its template extends a base (head, navigation,
footer), and loops over 40 dicts to make a table of four columns, with a condition, a filter and escaping in each row.
`/drawn/`, the yardstick of pages kept whole: the bytes of `/bare/`, drawn once when the process starts.
`/tiny/`, shown beside it so that nothing hides: half a kilobyte, one loop of 20 numbers, no inheritance.

Both go through the seven middlewares of `startproject` and its context processors; nobody is signed in, no session
is opened, no database is asked. Served by the same Granian, processes and threads as Marelle.
"""

import os
from pathlib import Path

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import path

HERE = Path(__file__).resolve().parent

settings.configure(
    SECRET_KEY="yardstick",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    USE_TZ=True,
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
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

LINES = [
    {
        "name": f"Saint-Rémy-l’Honoré <{n}>",
        "department": "Val-d’Oise & Yvelines",
        "people": 1000 + 37 * n,
        "is_big": n % 3 == 0,
    }
    for n in range(40)
]
WAYS = ["Le programme", "Le réseau", "Les ressources", "Territoires", "Aide"]


def bare(request):
    return render(request, "bare.html", {"title": "Bonjour", "lines": LINES, "ways": WAYS})


def drawn(request):
    return HttpResponse(DRAWN)


def tiny(request):
    return render(request, "tiny.html", {"title": "Bonjour", "lines": range(20)})


urlpatterns = [path("bare/", bare), path("tiny/", tiny), path("drawn/", drawn)]
os.environ.pop("DJANGO_SETTINGS_MODULE", None)
django.setup()
DRAWN = render_to_string("bare.html", {"title": "Bonjour", "lines": LINES, "ways": WAYS}).encode()
application = get_wsgi_application()
