"""How an installation tells what happens to whoever runs it: one JSON object a line, readable lines in a trial.

Code logs through Python's own `logging`; structlog only writes the line. Each line written while a request is
answered carries its number (`request`, also the `X-Request-ID` header of the answer) and the name of the door, never
its address: an invitation's address opens something. E-mail addresses and long secrets are struck out, whatever
was logged: a library's message, or a traceback.
"""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Mapping
from typing import Any

import structlog

ADDRESS = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
SECRET = re.compile(r"(?<![\w/-])(/[\w./~-]*?/)[\w-]{20,}(?=/)")
"""What looks like a token in the path of an address."""
GIVEN = re.compile(r"[A-Za-z0-9._-]{8,64}")
"""A number that a proxy in front may have given to the request."""

logger = structlog.stdlib.get_logger("marelle.requests")


def without_people(_: Any, __: str, event: dict[str, Any]) -> dict[str, Any]:
    """Strike out e-mail addresses and secrets in every text of a line."""
    return {name: struck(value) if isinstance(value, str) else value for name, value in event.items()}


def struck(text: str) -> str:
    return SECRET.sub(r"\1[…]", ADDRESS.sub("[adresse]", text))


BEFORE: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
    structlog.stdlib.PositionalArgumentsFormatter(),
]


def settings(*, level: str, readable: bool) -> dict[str, Any]:
    """Django's LOGGING. `readable`: for the eyes of one who tries Marelle; otherwise for a machine."""
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *BEFORE, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    last: list[Any] = (
        [structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)]
        if readable
        else [structlog.processors.JSONRenderer(ensure_ascii=False)]
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": "structlog.stdlib.ProcessorFormatter",
                "foreign_pre_chain": [*BEFORE, structlog.stdlib.ExtraAdder(allow=["status_code"])],
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.format_exc_info,
                    without_people,
                    *last,
                ],
            }
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": level},
        # 4xx are somebody's mistake, told on their page; `marelle.requests` counts them at INFO.
        "loggers": {"django.request": {"level": "ERROR"}},
    }


def number_requests(get_response):
    """Middleware, outermost: gives each request a number, and tells at INFO which door answered, how, how long."""

    def middleware(request):
        began = time.perf_counter()
        request.number = _number(request.headers)
        with structlog.contextvars.bound_contextvars(request=request.number):
            response = get_response(request)
            response.headers["X-Request-ID"] = request.number
            door = request.resolver_match.view_name if request.resolver_match else ""
            milliseconds = round((time.perf_counter() - began) * 1000)
            logger.info(
                "answered", method=request.method, door=door, status=response.status_code, milliseconds=milliseconds
            )
        return response

    return middleware


def _number(headers: Mapping[str, str]) -> str:
    given = headers.get("X-Request-ID", "")
    return given if GIVEN.fullmatch(given) else secrets.token_hex(8)
