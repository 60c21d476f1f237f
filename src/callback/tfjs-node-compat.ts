/**
 * Restores the two helpers of `node:util` that Node 23 dropped and tfjs-node 4.22 still calls. Load it before any work
 * with tfjs-node: `import 'cnnslicer/tfjs-node-compat'`, or `node --import cnnslicer/tfjs-node-compat script.js`. It does
 * nothing on Node 20 and 22.
 *
 * @module cnnslicer/tfjs-node-compat
 */

import util from 'node:util';

const dropped = {
  isArray: Array.isArray,
  isNullOrUndefined: (value: unknown) => value === null || value === undefined,
};
for (const [name, helper] of Object.entries(dropped)) {
  if (!(name in util)) Object.assign(util, {[name]: helper});
}
