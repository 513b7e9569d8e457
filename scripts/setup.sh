#!/bin/sh
# Make .venv from a lock file, from a bare Debian machine with Python 3.11. Does nothing when it is up to date.
# usage: scripts/setup.sh requirements.lock
set -eu
lock=$1
bin=.venv/bin
stamp=.venv/installed-$(basename "$lock")

python=
for candidate in python3.11 python3.12 python3.13 python3; do
    if command -v "$candidate" >/dev/null 2>&1 && "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        python=$candidate
        break
    fi
done
[ -n "$python" ] || { echo "Marelle needs Python 3.11 or newer (Debian: apt-get install python3)." >&2; exit 1; }

if [ ! -x "$bin/python" ]; then
    echo "Making .venv with $($python --version)…"
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        # Debian keeps venv in a package of its own.
        if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
            apt-get update -qq && apt-get install -y -qq python3-venv >/dev/null
        else
            echo "Python's venv module is missing: ask for the Debian package python3-venv." >&2
            exit 1
        fi
    fi
    "$python" -m venv .venv
fi

if ! cmp -s "$lock" "$stamp"; then
    echo "Installing from $lock…"
    "$bin/pip" install --quiet --disable-pip-version-check --require-hashes -r "$lock"
    # The `marelle` command, running from this folder.
    "$bin/pip" install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
    cp "$lock" "$stamp"
fi
