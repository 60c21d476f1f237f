#!/usr/bin/env bash
# Runs the tests of everything but the viewer and the commands on another Node: scripts/test-on-node.sh 24
# The npm package "node" brings the binary. What was built for the Node at hand runs unchanged.
set -euo pipefail
cd "$(dirname "$0")/.."
version=$1
folders=(shared metrics store tensorboard analysis server callbacks/wasm)
echo "tests on Node $(npx --yes "node@$version" --version): ${folders[*]} callbacks"
npx --yes "node@$version" node_modules/ava/entrypoints/cli.mjs "${folders[@]/*/test/&/**}" 'test/callbacks/*.ts'
