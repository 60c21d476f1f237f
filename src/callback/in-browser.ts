/**
 * Bundlers that build for a browser receive this instead of the callback and of `cnnslicer/wasm`: the recorder writes
 * files, which takes Node, Bun or Deno.
 */
function refuse(): never {
  throw new Error(
    'cnnslicer captures in Node, Bun and Deno, and not in a browser: train there. In a page use cnnslicer/metrics; runs are shown by `cnnslicer view`.',
  );
}

export {
  refuse as callbackList,
  refuse as cnnSlicer,
  refuse as deconvnet,
  refuse as enableWasmTraining,
  refuse as modelAt,
  refuse as probeTensors,
};
