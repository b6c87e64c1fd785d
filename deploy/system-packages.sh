#!/bin/sh
# Installs the system packages that are missing, where that is possible: Debian, as root.
# `venv`: what Python needs to make a virtual environment. `dates`: what `make test-dates` needs beside that (a C compiler).
# Without an argument: what the tests use (chromium, PostgreSQL, a Turkish locale, libfiu that lets calls to files fail).
# Debian's chromium without windows draws a page with a fifth of the work; where there is none, the other does all of it.
set -eu
missing=""
if [ "${1:-tests}" = venv ]; then
    missing=" python3-venv"
    without="Install it, or another Python with venv, and call make again."
elif [ "${1:-tests}" = dates ]; then
    command -v cc >/dev/null 2>&1 || missing=" gcc libc6-dev"
    without="make test-dates cannot run."
else
    command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
    command -v chromium-headless-shell >/dev/null 2>&1 || missing="$missing chromium-headless-shell"
    ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$missing postgresql"
    command -v fiu-ctrl >/dev/null 2>&1 || missing="$missing fiu-utils"
    [ -e /usr/share/i18n/locales/tr_TR ] || missing="$missing locales"
    without="The tests that need it will skip."
fi
[ -n "$missing" ] || exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "Not installed:$missing (needs root and apt-get). $without"
    exit 0
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq || echo "The lists of packages could not be renewed."
for package in $missing; do
    apt-get install -qq -y --no-install-recommends "$package" >/dev/null && continue
    echo "Could not install: $package. $without"
done
