import {mkdirSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import alone from './ava.config.js';

/**
 * What `npm test` runs: the same files as ava.config.js, but those of a folder share one process, as starting one costs
 * more than most files. Which files there are is read from the folders, so no test has to be listed anywhere.
 */
const folders = [
  'analysis',
  'measures',
  'metrics',
  'processes',
  'reproduce',
  'server',
  'shared',
  'store',
  'tensorboard',
];

/** Files that change modules or the process for good, or end the process. */
const ownProcess = ['store/durability.ts'];

const entries = 'build/together';
rmSync(entries, {recursive: true, force: true});
mkdirSync(entries, {recursive: true});
for (const folder of folders) {
  const files = readdirSync(join('test', folder), {recursive: true})
    .filter(file => file.endsWith('.ts') && !ownProcess.includes(`${folder}/${file}`))
    .map(file => file.slice(0, -'.ts'.length))
    .sort();
  writeFileSync(
    join(entries, `${folder}.js`),
    `import {runTogether} from '../test/support/together/run-together.js';\n` +
      `await runTogether('build/test/${folder}', ${JSON.stringify(files, null, 2)});\n`,
  );
}

export default {
  ...alone,
  files: [
    ...alone.files,
    ...folders.map(folder => `!test/${folder}/**`),
    ...ownProcess.map(file => `test/${file}`),
    `${entries}/*.js`,
  ],
};
