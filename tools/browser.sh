#!/usr/bin/env bash
# Sees to it that there is a Chromium for the browser tests, and prints where it is.
# Takes the one named in CHROMIUM, else one on the PATH, else installs Debian's if it may; if it may not, it
# says which command to run and ends with 1.
set -euo pipefail

find_chromium() {
    local name
    for name in ${CHROMIUM:+"$CHROMIUM"} chromium chromium-browser google-chrome; do
        if command -v "$name"; then return 0; fi
    done
    return 1
}

if find_chromium; then exit 0; fi

install="apt-get update && apt-get install -y chromium"
if ! command -v apt-get >/dev/null; then
    echo "The browser tests need Chromium. Install it, or name it: make test CHROMIUM=path/to/chromium" >&2
    exit 1
fi
if [ "$(id -u)" -eq 0 ]; then
    become=()
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    become=(sudo -n)
else
    echo "The browser tests need Chromium. Please run this, then try again:" >&2
    echo "    sudo sh -c '$install'" >&2
    exit 1
fi

echo "Installing Chromium for the browser tests ..." >&2
"${become[@]}" env DEBIAN_FRONTEND=noninteractive sh -c "$install" >&2
find_chromium
