#!/usr/bin/env bash
# Runs the tests that need no browser on another Node: scripts/test-on-node.sh 24
# What only computes, or looks at models, says the same on each Node, and is run on the one at hand alone.
# The npm package "node" brings the binary; what was built for the Node at hand runs unchanged.
set -euo pipefail
cd "$(dirname "$0")/.."
node=(npx --yes "node@$1")
echo "Node $("${node[@]}" --version)"
"${node[@]}" node_modules/ava/entrypoints/cli.mjs \
  test/{metrics/simd,store,tensorboard,server,processes}/** test/recorder/*.ts \
  test/capture/{cnn-slicer,cnn-slicer-reports,custom-loop,custom-loop-{misuse,process},full-disk,isolation,native,other-starts,process-end,repeated-fit}.ts \
  '!test/store/hostile.ts' '!test/server/{busy,foreign-pages}.ts'
"${node[@]}" node_modules/ava/entrypoints/cli.mjs --config long.config.js test/long/process-end.ts
