#!/bin/sh
# Make or complete the environment: tools/environment.sh FOLDER LOCK
# Pinned versions only. Packages come from wherever this machine's pip is set to take them; no address is named here.
set -eu

folder=$1
lock=$2
here=$(cd "$(dirname "$0")/.." && pwd)
cd "$here"

say() { printf '%s\n' "$*" >&2; }
recent() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

find_python() {
    if [ -n "${PYTHON:-}" ]; then
        recent "$PYTHON" && { printf '%s' "$PYTHON"; return; }
        say "PYTHON=$PYTHON n’est pas un Python 3.11 ou plus récent."
        exit 1
    fi
    for candidate in python3.13 python3.12 python3.11 python3; do
        recent "$candidate" && { printf '%s' "$candidate"; return; }
    done
    say "Python 3.11 ou plus récent est nécessaire. Sous Debian ou Ubuntu : sudo apt install python3 python3-venv"
    say "Installé ailleurs ? Indiquez-le : make run PYTHON=/chemin/vers/python3"
    exit 1
}

make_folder() {
    python=$(find_python)
    say "Environnement : $folder, avec $("$python" --version)"
    if ! "$python" -m venv "$folder" >/dev/null 2>&1 || ! "$folder/bin/python" -m pip --version >/dev/null 2>&1; then
        rm -rf "$folder"
        say "Ce Python ne sait pas créer d’environnement (modules venv et ensurepip)."
        say "Sous Debian ou Ubuntu : sudo apt install python3-venv, puis relancez make."
        exit 1
    fi
}

# uv installs in seconds what takes pip minutes, but does not read pip's settings: they are handed to it.
pip_setting() { "$folder/bin/python" -m pip config get "global.$1" 2>/dev/null || true; }

with_uv() {
    "$folder/bin/python" -m pip install --quiet --disable-pip-version-check 'uv==0.13.9' || return 1
    index=${PIP_INDEX_URL:-$(pip_setting index-url)}
    others=${PIP_EXTRA_INDEX_URL:-$(pip_setting extra-index-url)}
    links=${PIP_FIND_LINKS:-$(pip_setting find-links)}
    [ -z "$index" ] || export UV_DEFAULT_INDEX="${UV_DEFAULT_INDEX:-$index}"
    [ -z "$others" ] || export UV_INDEX="${UV_INDEX:-$(echo $others)}"
    [ -z "$links" ] || export UV_FIND_LINKS="${UV_FIND_LINKS:-$links}"
    # As pip does: every source counts, and the pinned version decides.
    UV_INDEX_STRATEGY=${UV_INDEX_STRATEGY:-unsafe-best-match} UV_LINK_MODE=${UV_LINK_MODE:-copy} \
        "$folder/bin/uv" pip install --quiet --python "$folder/bin/python" "$@"
}

with_pip() { "$folder/bin/python" -m pip install --quiet --disable-pip-version-check "$@"; }

install() {
    with_uv "$@" || { say "uv n’a pas pu installer : pip prend la suite (plus long)."; with_pip "$@"; }
}

[ -x "$folder/bin/python" ] && recent "$folder/bin/python" || { rm -rf "$folder"; make_folder; }
say "Installation des bibliothèques de $lock (une à quelques minutes la première fois)…"
if ! install -r requirements-build.lock -r "$lock"; then
    say "L’installation a échoué. Vérifiez l’accès de pip à ses paquets : $folder/bin/python -m pip download click"
    exit 1
fi
# The project itself is built with what is installed: nothing else is fetched.
with_pip --no-deps --no-build-isolation --editable .
