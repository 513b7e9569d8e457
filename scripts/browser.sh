#!/bin/sh
# Have Chromium for the journeys: as root on Debian it is installed; elsewhere its absence is said loudly.
set -u
for name in chromium chromium-browser google-chrome; do
    command -v "$name" >/dev/null 2>&1 && exit 0
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing Chromium for the journeys…"
    apt-get update -qq && apt-get install -y -qq chromium >/dev/null && exit 0
fi
cat >&2 <<'WORDS'
***************************************************************************
*  CHROMIUM IS MISSING: the journeys in a real browser will be SKIPPED.   *
*  Install the Debian package `chromium`, then run `make test` again.     *
***************************************************************************
WORDS
exit 0
