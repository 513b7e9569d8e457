"""Every environment variable the code reads is explained in `.env.example`, and nothing else is."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
READ = re.compile(r"""(?:env(?:\.\w+)?|environ\.get|getenv)\(\s*["']([A-Z_]+)["']|environ\[["']([A-Z_]+)["']\]""")
DJANGO_OWN = {"DJANGO_SETTINGS_MODULE"}


def test_every_variable_is_explained():
    read = {
        one or two for path in (ROOT / "marelle").rglob("*.py") for one, two in READ.findall(path.read_text())
    } - DJANGO_OWN
    explained = set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.M))
    assert read == explained
