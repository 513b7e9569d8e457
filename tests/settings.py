"""The settings under test: the real ones, fed by an environment that names nothing outside the tree."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
os.environ["MARELLE_DATA"] = str(ROOT / "var" / "tests")
os.environ.setdefault("MARELLE_SECRET_KEY", "only for tests")
os.environ.setdefault("MARELLE_TLS", "0")
os.environ.setdefault("MARELLE_EMAIL_URL", "memorymail://")

from marelle.config.settings import *  # noqa: E402, F403

ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
STORAGES = {
    **STORAGES,  # noqa: F405
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405  WhiteNoise warns when it has nothing to serve
