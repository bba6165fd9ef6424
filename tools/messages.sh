#!/usr/bin/env bash
# Collects the translatable words and carries them into each catalogue, keeping what is translated already.
# New words stand in the catalogues with an empty translation; make check names them until they are filled.
set -euo pipefail
cd "$(dirname "$0")/.."

template=$(mktemp)
trap 'rm -f "$template"' EXIT
pybabel=.venv/bin/pybabel
"$pybabel" --quiet extract --mapping babel.cfg --keyword=lazy_gettext --keyword=lazy_ngettext:1,2 \
    --add-comments "Translators:" --sort-by-file --no-location --project Thirdspace \
    --output "$template" journal templates
for language in en ur; do
    if [ -e "journal/translations/$language/LC_MESSAGES/messages.po" ]; then
        "$pybabel" --quiet update --input-file "$template" --output-dir journal/translations \
            --locale "$language" --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --width 110
    else
        "$pybabel" --quiet init --input-file "$template" --output-dir journal/translations \
            --locale "$language" --width 110
    fi
done
echo "Catalogues updated: see journal/translations/*/LC_MESSAGES/messages.po"
