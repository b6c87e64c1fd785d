#!/bin/sh
# Makes the virtual environment .venv where there is none that works, with uv in it: `make-venv.sh python3`.
set -eu
pip() { .venv/bin/python -m pip --disable-pip-version-check "$@"; }
works() { pip --version >/dev/null 2>&1; }
if ! works; then
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
        echo "The desk needs Python 3.11 or newer, and $1 is another. Name it: make PYTHON=python3.13" >&2
        exit 1
    }
    "$1" -m venv --clear .venv || sh deploy/system-packages.sh venv
    works || "$1" -m venv --clear .venv
fi
# Where uv cannot be had, install.sh does without.
pip install --quiet --no-compile --require-hashes --requirement requirements-installer.lock || true
