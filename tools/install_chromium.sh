#!/bin/sh
# The browser tests drive Debian's Chromium. Installing it needs root; without, those tests say why they skip.
set -eu
if command -v chromium >/dev/null 2>&1; then exit 0; fi
if ! command -v apt-get >/dev/null 2>&1; then
    echo "Chromium is not installed and this is not Debian: the browser tests will be skipped."
    exit 0
fi
if [ "$(id -u)" = 0 ]; then root=""; elif sudo -n true 2>/dev/null; then root="sudo -n"; else
    echo "Chromium is not installed and installing it needs root: the browser tests will be skipped."
    echo "To run them: sudo apt-get install chromium"
    exit 0
fi
echo "Installing Debian's Chromium for the browser tests."
$root apt-get update -qq
DEBIAN_FRONTEND=noninteractive $root apt-get install -y -qq --no-install-recommends chromium >/dev/null
