import {execFile} from 'node:child_process';
import {mkdir, readFile, writeFile} from 'node:fs/promises';
import {join, resolve} from 'node:path';
import {promisify} from 'node:util';
import test, {type ExecutionContext} from 'ava';
import {openRun} from 'cnnslicer/store';
import {temporaryFolder} from '../support/temporary-folder.js';

/** The block of README that begins with a comment that names its file. */
async function script(file: string): Promise<string> {
  const readme = await readFile('README.md', 'utf8');
  const block = new RegExp(`\`\`\`js\\n(// ${file.replace('.', '\\.')}:[^]*?)\`\`\``).exec(readme);
  return (block as RegExpExecArray)[1] as string;
}

/** Runs it with fewer images, in a new folder from which this package resolves. */
async function trained(t: ExecutionContext, file: string, text: string): Promise<void> {
  const folder = await temporaryFolder(t);
  await mkdir('build/readme', {recursive: true});
  const path = resolve('build/readme', file);
  await writeFile(
    path,
    text.replaceAll('1000', '60').replaceAll('500', '30').replace('epochs: 5', 'epochs: 2'),
  );
  await promisify(execFile)(process.execPath, [path], {cwd: folder});
  const run = await openRun(join(folder, 'runs/digits'));
  t.deepEqual([await run.epochs(), run.info.status], [[0, 1, 2], 'finished']);
  t.deepEqual(
    run.info.layers.slice(1).map(({name}) => name),
    ['conv2d_1', 'pool_1', 'conv2d_2', 'digits'],
  );
}

test.serial("README's script trains as it is", async t => {
  await trained(t, 'train.mjs', await script('train.mjs'));
});

test.serial("README's script trains in CommonJS, with what the page says to change", async t => {
  const [whole, common] = [await script('train.mjs'), await script('train.cjs')];
  const body = whole.slice(whole.indexOf("await tf.setBackend('wasm')"));
  await trained(
    t,
    'train.cjs',
    common.replace(/^ *\/\/ … .*$/m, () => body),
  );
});
