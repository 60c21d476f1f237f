import {readdir} from 'node:fs/promises';
import {join} from 'node:path';

/** The folders in which a fault is noticed if anywhere, those of the quick tests first. */
const FOLDERS = [
  'store',
  'server',
  'metrics',
  'shared/notation',
  'analysis',
  'tensorboard',
  'recorder',
  'capture',
];
/** Tests of code that no fault is planted in, and those that try one thing for minutes. */
const LEFT_OUT = new RegExp(
  `^(server/(busy|foreign-pages)|tensorboard/stock|` +
    `capture/(peers|native|full-disk|isolation|process-end))`,
);

/** The test files that faults are tried on, in the order in which to look at what they reach. */
export async function testFiles(root) {
  const files = [];
  for (const folder of FOLDERS) {
    const names = await readdir(join(root, 'test', folder), {recursive: true});
    files.push(
      ...names
        .map(name => `${folder}/${name}`)
        .filter(name => name.endsWith('.ts') && !LEFT_OUT.test(name))
        .sort(),
    );
  }
  return files.map(name => `test/${name}`);
}
