"""A page that is only read writes nothing."""

import re

from django.db import connection

READS = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK", "PRAGMA", "EXPLAIN", "BEGIN", "SET", "SHOW", "WITH")
# Sessions and the shared cache are not the domain: the machinery may touch them while a page is read.
MACHINERY = re.compile(r'^(INSERT INTO|UPDATE|DELETE FROM) "(django_session|usersessions_usersession|shared_cache)"')
SAFE = {"GET", "HEAD", "OPTIONS"}


class WroteWhileReading(Exception):
    """A GET tried to change the database."""


def guard(execute, sql, params, many, context):
    if not sql.lstrip(" \n\t(").upper().startswith(READS) and not MACHINERY.match(sql):
        raise WroteWhileReading(sql)
    return execute(sql, params, many, context)


def safe_methods_only_read(get_response):
    def middleware(request):
        if request.method not in SAFE:
            return get_response(request)
        with connection.execute_wrapper(guard):
            return get_response(request)

    return middleware
