#!/usr/bin/env bash
# Choose the newest versions that pyproject.toml admits and write them, with the hashes of every file that a
# reader's platform may need, to requirements.lock. The machine's own pip settings are left out, so that no
# address, folder or private build of this machine can enter the lock.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
pip_tools="pip-tools==7.6.2"  # the lock's format is this tool's; a change of it is a change of the lock

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
"${PYTHON:-python3}" -m venv "$room/venv"

unset PIP_FIND_LINKS PIP_EXTRA_INDEX_URL PIP_CONSTRAINT PIP_NO_INDEX
export PIP_CONFIG_FILE=/dev/null CUSTOM_COMPILE_COMMAND="make lock"
"$room/venv/bin/python" -m pip install --quiet --disable-pip-version-check "$pip_tools"
"$room/venv/bin/pip-compile" --quiet --upgrade --all-extras --generate-hashes --allow-unsafe --strip-extras \
    --no-emit-index-url --no-emit-find-links --output-file "$room/requirements.lock" pyproject.toml

if grep -nE '://|^--|^-[a-z]' "$room/requirements.lock"; then
    echo "lock: the lines above name a place; a lock names versions and hashes only. Nothing was changed." >&2
    exit 1
fi
cp "$room/requirements.lock" requirements.lock
