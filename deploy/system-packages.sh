#!/bin/sh
# Installs the system packages that the tests use (chromium, PostgreSQL) where that is possible: Debian, as root, and missing.
set -eu
missing=""
command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$missing postgresql"
[ -n "$missing" ] || exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "Not installed:$missing (needs root and apt-get). The tests that need it will skip."
    exit 0
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
# shellcheck disable=SC2086  # the list is meant to be split
apt-get install -qq -y --no-install-recommends $missing >/dev/null || echo "Could not install:$missing. The tests that need it will skip."
