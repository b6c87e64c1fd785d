#!/bin/sh
# Installs into .venv what the arguments name, the same for uv and for pip: `install.sh --require-hashes --requirement requirements.lock`.
# uv takes seconds. It does not know pip's settings: where a house has a mirror, a proxy or certificates of its own, pip does it.
set -eu
if [ -x .venv/bin/uv ]; then
    .venv/bin/uv pip install --quiet --python .venv/bin/python "$@" && exit 0
fi
echo "Not with uv; pip installs it now, which may take a few minutes."
.venv/bin/python -m pip --disable-pip-version-check install --quiet --no-compile "$@"
