"""How each measuring process begins: `python -m bench.… --engine sqlite --only … --out rows.json`, in the environment
that `bench.__main__` gives it (a data folder or a database of its own)."""

from __future__ import annotations

import argparse
import os


def begun() -> argparse.Namespace:
    """The options, once Django is ready: import models after this, not before."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--engine", required=True)
    parser.add_argument("--only", default="")
    parser.add_argument("--out", required=True)
    options = parser.parse_args()

    os.environ["DJANGO_SETTINGS_MODULE"] = "marelle.config.settings"
    import django

    django.setup()
    return options
