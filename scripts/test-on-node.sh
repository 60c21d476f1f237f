#!/usr/bin/env bash
# Runs the tests that need no browser on another Node: scripts/test-on-node.sh 24
# Campaigns that try thousands of cases say the same on each Node, and are run on the one at hand alone; so is the bound of
# memory, as each collects garbage at times of its own.
# The npm package "node" brings the binary; what was built for the Node at hand runs unchanged.
set -euo pipefail
cd "$(dirname "$0")/.."
node=(npx --yes "node@$1")
echo "Node $("${node[@]}" --version)"
"${node[@]}" node_modules/ava/entrypoints/cli.mjs \
  test/{shared,metrics,store,tensorboard,server}/** \
  test/callbacks/{.,wasm}/*.ts '!test/callbacks/architectures.ts' \
  '!test/store/{hostile,killed-writer,tampering}.ts' '!test/server/{busy,foreign-pages,hostile-requests}.ts' \
  '!test/callbacks/{capture-memory,killed-training,nearly-dead,stock-tensorboard}.ts' '!test/callbacks/wasm/random-layers.ts'
