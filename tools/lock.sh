#!/usr/bin/env bash
# Writes requirements.lock from pyproject.toml: every package of the programme and of its tests, one exact
# version each, with the hashes of all its builds (so it holds on Python 3.11 and later, on any platform).
# The tool that does it lives in a throw-away environment; nothing else needs it.
set -euo pipefail
cd "$(dirname "$0")/.."

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
"${PYTHON:-python3}" -m venv "$scratch/venv"
"$scratch/venv/bin/pip" install --quiet uv

{
    echo "# Made by 'make lock' from pyproject.toml; do not edit by hand."
    "$scratch/venv/bin/uv" pip compile pyproject.toml --extra test --python-version 3.11 \
        --universal --fork-strategy fewest --generate-hashes --upgrade \
        --no-header --no-annotate --no-emit-index-url --no-emit-find-links --quiet
} >"$scratch/requirements.lock"
mv "$scratch/requirements.lock" requirements.lock
chmod 644 requirements.lock
