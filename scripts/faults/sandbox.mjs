import {cp, mkdtemp, readFile, realpath, rm, symlink, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join, relative} from 'node:path';
import bundles from '../../rolldown.config.js';
import {runTests} from './run-ava.mjs';

/** Files of the project that tests need, apart from its packages and Python environment. */
const COPIED =
  'assembly bench dist build docs examples reproduce scripts src test ava.config.js package.json README.md'.split(
    ' ',
  );
const LINKED = ['node_modules', '.venv'];

/**
 * A copy of the built project in which faults can be planted while the project itself stays as it is.
 *
 * @param {string} root - The project.
 */
export async function makeSandbox(root) {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'faults-project-')));
  const keepTimes = {recursive: true, preserveTimestamps: true};
  for (const name of COPIED) await cp(join(root, name), join(folder, name), keepTimes);
  for (const name of LINKED) await symlink(join(root, name), join(folder, name));
  // A fault in a compiled file shall be one in the threads and processes, too: they load the files themselves, not the bundle.
  for (const [name, entry] of Object.entries(bundles.input)) {
    const from = relative(bundles.output.dir, entry).replaceAll('\\', '/');
    await writeFile(join(folder, bundles.output.dir, `${name}.js`), `import '${from}';\n`);
  }
  return {
    folder,
    /**
     * Runs tests, with a fault planted if there is one.
     *
     * @param {string[]} tests
     * @param {{fault: {path: string, start: number, end: number, replacement: string} | null, limitMs: number}} options
     */
    async run(tests, {fault, limitMs}) {
      if (fault === null) return runTests(folder, tests, {limitMs});
      const {path, start, end, replacement} = fault;
      const file = join(folder, path);
      const text = await readFile(file, 'utf8');
      await writeFile(file, text.slice(0, start) + replacement + text.slice(end));
      try {
        return await runTests(folder, tests, {limitMs});
      } finally {
        await writeFile(file, text);
      }
    },
    remove: () => rm(folder, {recursive: true, force: true}),
  };
}
