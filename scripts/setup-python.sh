#!/usr/bin/env bash
# Makes .venv with the outside readers that the tests compare against: stock TensorBoard, Polars, DuckDB, NumPy.
set -euo pipefail
cd "$(dirname "$0")/.."
want=$(sha256sum test/requirements.txt | cut -d' ' -f1)
if [ "$(cat .venv/requirements.sha256 2>/dev/null)" = "$want" ]; then
  echo ".venv is up to date"
  exit 0
fi
python3 -m venv .venv
.venv/bin/python -m pip install --quiet --disable-pip-version-check -r test/requirements.txt
echo "$want" > .venv/requirements.sha256
