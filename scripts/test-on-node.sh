#!/usr/bin/env bash
# Runs the tests that need no browser on another Node: scripts/test-on-node.sh 24
# The npm package "node" brings the binary; what was built for the Node at hand runs unchanged.
set -euo pipefail
cd "$(dirname "$0")/.."
node=(npx --yes "node@$1")
echo "Node $("${node[@]}" --version)"
"${node[@]}" node_modules/ava/entrypoints/cli.mjs --config node.config.js
