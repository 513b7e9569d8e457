#!/bin/bash
# Run a command with DATABASE_URL set to a throwaway PostgreSQL, on a socket of its own, gone afterwards.
# usage: scripts/with_postgresql.sh command [arguments…]
set -euo pipefail

find_bin() {
    for folder in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -Vr) $(dirname "$(command -v initdb 2>/dev/null || echo /nowhere/x)"); do
        [ -x "$folder/initdb" ] && [ -x "$folder/postgres" ] && { echo "$folder"; return; }
    done
}
pg=$(find_bin || true)
if [ -z "$pg" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing PostgreSQL…"
    apt-get update -qq && apt-get install -y -qq postgresql >/dev/null
    pg=$(find_bin || true)
fi
[ -n "$pg" ] || { echo "PostgreSQL is missing: install the Debian package postgresql." >&2; exit 1; }

home=$(mktemp -d /tmp/marelle-pg.XXXXXX)
as_owner() { "$@"; }
if [ "$(id -u)" = 0 ]; then # PostgreSQL refuses to run as root.
    id -u postgres >/dev/null 2>&1 || useradd --system --no-create-home postgres
    chown postgres "$home"
    as_owner() { (cd "$home" && setpriv --reuid=postgres --regid="$(id -g postgres)" --clear-groups "$@"); }
fi
stop() {
    as_owner "$pg/pg_ctl" -D "$home/data" -m immediate -w stop >/dev/null 2>&1 || true
    rm -rf "$home"
}
trap stop EXIT
as_owner "$pg/initdb" -D "$home/data" -U marelle --auth=trust --encoding=UTF8 --locale=C.UTF-8 >/dev/null
# Nothing here outlives the run, so PG_DURABLE=0 (the default) skips waiting for the disk; benchmarks set 1.
durable=off; [ "${PG_DURABLE:-0}" = 1 ] && durable=on
options="-k $home -c listen_addresses='' -c fsync=$durable -c synchronous_commit=$durable -c full_page_writes=$durable -c max_connections=100 -c shared_buffers=512MB"
start() { as_owner "$pg/pg_ctl" -D "$home/data" -w -l "$home/log" -o "$options" start >/dev/null; }
start
# For tests that kill it: where it lives, and how to start it again.
export PG_HOME="$home" PG_START="$(declare -p pg home options | sed 's/declare --/declare/'); $(declare -f as_owner start); start"
as_owner "$pg/createdb" -h "$home" -U marelle marelle
export DATABASE_URL="postgres://marelle@/marelle?host=$home"
"$@"
