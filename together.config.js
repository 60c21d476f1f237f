import {existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import alone from './ava.config.js';

/**
 * What `npm test` runs: the same files as ava.config.js, but those of a folder share one process, as starting one costs
 * more than most files. Which files there are is read from the folders, so no test has to be listed anywhere. Files of other folders have their own process: those of
 * `capture` and `wasm-training` load backends of TensorFlow.js, or replace their kernels, for good.
 */
const folders = [
  'analysis',
  'deconvnet',
  'measures',
  'metrics',
  'processes',
  'recorder',
  'reproduce',
  'server',
  'shared',
  'store',
  'tensorboard',
  'ui',
];

/** Files that change modules or the process for good, or look at what is loaded. */
const ownProcess = ['store/durability.ts', 'ui/state/start.ts'];

/** Writes the file that AVA runs for a folder, and returns its path. */
function entryOf(folder) {
  const files = readdirSync(join('test', folder), {recursive: true})
    .map(file => file.replaceAll('\\', '/'))
    .filter(file => file.endsWith('.ts') && !ownProcess.includes(`${folder}/${file}`))
    .map(file => file.slice(0, -'.ts'.length))
    .sort();
  const path = `build/together/${folder}.js`;
  const code =
    `import {runTogether} from '../test/support/together/run-together.js';\n` +
    `await runTogether('build/test/${folder}', ${JSON.stringify(files)});\n`;
  mkdirSync('build/together', {recursive: true});
  if (!existsSync(path) || readFileSync(path, 'utf8') !== code) writeFileSync(path, code);
  return path;
}

const longest = 'build/together/ui.js';

export default {
  ...alone,
  files: [
    ...alone.files,
    ...folders.map(folder => `!test/${folder}/**`),
    ...ownProcess.map(file => `test/${file}`),
    ...folders.map(entryOf),
  ],
  sortTestFiles: (a, b) => Number(b.endsWith(longest)) - Number(a.endsWith(longest)),
  // What the files of a folder need is made, one after another, before the first of their tests.
  timeout: '10m',
};
