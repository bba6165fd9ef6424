#!/usr/bin/env bash
# Makes .venv as requirements.lock says, with this checkout in it, and compiles the translations.
# Each step leaves a stamp of what it was made from, so a second run does only what changed.
set -euo pipefail
cd "$(dirname "$0")/.."

python=${PYTHON:-python3}
venv=.venv

if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    echo "Thirdspace needs Python 3.11 or later. On Debian: apt-get install -y python3 python3-venv" >&2
    echo "(or name another one: make PYTHON=python3.12 ...)" >&2
    exit 1
fi
if ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
    echo "Python's venv module is missing. Please run: apt-get update && apt-get install -y python3-venv" >&2
    exit 1
fi

# Says yes when the named step was made from other things than these files.
changed() { [ "$(cat "$venv/.stamp-$1" 2>/dev/null)" != "$(stamp "${@:2}")" ]; }
stamp() { "$python" --version && echo "$PWD" && sha256sum -- "$@"; }
keep_stamp() { stamp "${@:2}" >"$venv/.stamp-$1"; }

if changed lock requirements.lock; then
    echo "Installing the packages that requirements.lock names ..."
    [ -x "$venv/bin/python" ] && "$venv/bin/python" -c '' 2>/dev/null || "$python" -m venv --clear "$venv"
    rm -f "$venv"/.stamp-*
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
    keep_stamp lock requirements.lock
fi
if changed app pyproject.toml; then
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
    keep_stamp app pyproject.toml
fi
mapfile -t catalogues < <(find journal/translations -name '*.po' 2>/dev/null | sort)
if [ "${#catalogues[@]}" -gt 0 ]; then
    compiled=yes
    for catalogue in "${catalogues[@]}"; do [ -e "${catalogue%.po}.mo" ] || compiled=no; done
    if [ "$compiled" = no ] || changed words "${catalogues[@]}"; then
        "$venv/bin/pybabel" --quiet compile --directory journal/translations --domain messages
        keep_stamp words "${catalogues[@]}"
    fi
fi
