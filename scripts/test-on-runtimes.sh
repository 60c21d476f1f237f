#!/usr/bin/env bash
# Runs a training with the callback in Bun and in Deno, whose npm packages bring the binaries.
set -euo pipefail
cd "$(dirname "$0")/.."
npx --yes --package=bun@1 --package=deno@2 -- node node_modules/ava/entrypoints/cli.mjs test/training/other-runtimes.ts
