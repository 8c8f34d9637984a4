#!/bin/sh
# A browser for the tests: the one of this machine, else the distribution's, else Playwright's.
set -eu

say() { printf '%s\n' "$*" >&2; }
for name in chromium chromium-browser google-chrome google-chrome-stable; do
    command -v "$name" >/dev/null 2>&1 && exit 0
done

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }
may_install() { command -v apt-get >/dev/null 2>&1 && as_root true >/dev/null 2>&1; }

say "Pas de navigateur Chromium : installation…"
if may_install; then
    as_root apt-get update -qq && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null && exit 0
fi
"$1/bin/python" -m playwright install chromium && exit 0

say "Aucun navigateur n’a pu être installé. Installez Chromium (sudo apt install chromium), puis relancez make test."
exit 1
