"""Typst: from a template and data to a tagged PDF."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import typst
from django.apps import apps


def template_path(template: str) -> Path:
    """`programme/typst/receipt.typ` → the file inside the app's folder."""
    app, _, rest = template.partition("/")
    return Path(apps.get_app_config(app).path) / rest


def pdf(template: str, data: dict[str, Any], *, title: str) -> bytes:
    """The PDF's bytes. The template reads `json(bytes(sys.inputs.data))` and `sys.inputs.title`."""
    root = Path(__file__).resolve().parent.parent
    return typst.compile(
        str(template_path(template)), root=str(root), pdf_standards="ua-1",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False, default=str), "title": title},
    )  # fmt: skip
