import {relative, resolve} from 'node:path';

const folder = 'dist/bundled';

/**
 * What starts in its own thread or process, in few files: Node needs several times longer to load the 400 that they
 * import one by one. TypeScript has compiled them; what a script imports from the package stays as it is.
 */
export default {
  platform: 'node',
  input: {
    answering: 'dist/server/answering/main.js',
    cnnslicer: 'dist/cli/main.js',
    'digest-worker': 'dist/store/digest-worker.js',
    'metrics-worker': 'dist/metrics/simd/worker.js',
    project: 'dist/cli/viewer/project.js',
    recorder: 'dist/recorder/worker.js',
    'server-thread': 'dist/cli/viewer/server-thread.js',
    'table-worker': 'dist/store/table-worker.js',
  },
  // TensorFlow.js is the user's own.
  external: [/^@tensorflow\//],
  plugins: [{name: 'original-place', transform: fromOriginalPlace}],
  output: {
    dir: folder,
    cleanDir: true,
    format: 'esm',
    // Names stay, for the traces of errors.
    minify: {compress: false, mangle: false, codegen: {removeWhitespace: true}},
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash].js',
  },
  logLevel: 'warn',
};

/** Files that a module names beside itself are found from where it was. */
function fromOriginalPlace(code, path) {
  const place = JSON.stringify(relative(resolve(folder), path).replaceAll('\\', '/'));
  return code.replaceAll('import.meta.url', `new URL(${place}, import.meta.url).href`);
}
