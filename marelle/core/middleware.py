"""A page that is only read writes nothing."""

import functools
import re

from django.core.exceptions import BadRequest
from django.db import connection

READS = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK", "PRAGMA", "EXPLAIN", "BEGIN", "SET", "SHOW", "WITH")
# Sessions and the shared cache are not the domain: the machinery may touch them while a page is read.
MACHINERY = re.compile(r'^(INSERT INTO|UPDATE|DELETE FROM) "(django_session|usersessions_usersession|shared_cache)"')
SAFE = {"GET", "HEAD", "OPTIONS"}


class WroteWhileReading(Exception):
    """A GET tried to change the database."""


def addresses_without_nul(get_response):
    """No address of ours holds a NUL, and PostgreSQL takes none: a broken request (400), not a breakdown (500)."""

    def middleware(request):
        if "\0" in request.path_info:
            raise BadRequest("NUL in the address")
        return get_response(request)

    return middleware


def may_write_on_get(view):
    """For the few doors where somebody else decides that it is a GET: coming back from an identity provider."""

    @functools.wraps(view)
    def marked(request, *args, **kwargs):
        request.may_write_on_get = True
        return view(request, *args, **kwargs)

    return marked


def same_for_all(view=None, *, as_of=()):
    """Marks a view whose page, for somebody who carries no cookie, depends on its address, on the day and on what was
    done (the log): on nothing else. A form that posts draws a token for one person: such a page is not kept.

    `as_of`: functions that give the version of what else it shows, when that may change without anything being done.
    """
    if view is None:
        return functools.partial(same_for_all, as_of=as_of)
    view.same_for_all = tuple(as_of)
    return view


def guard(request):
    def watch(execute, sql, params, many, context):
        reads = sql.lstrip(" \n\t(").upper().startswith(READS) or MACHINERY.match(sql)
        if not reads and not getattr(request, "may_write_on_get", False):
            raise WroteWhileReading(sql)
        return execute(sql, params, many, context)

    return watch


def safe_methods_only_read(get_response):
    def middleware(request):
        if request.method not in SAFE:
            return get_response(request)
        with connection.execute_wrapper(guard(request)):
            return get_response(request)

    return middleware
