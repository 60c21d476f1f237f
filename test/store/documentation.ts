import {execFile} from 'node:child_process';
import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {promisify} from 'node:util';
import test, {type ExecutionContext} from 'ava';
import {RunWriter} from 'cnnslicer/store';
import {withTables} from '../support/documented-tables.js';
import {assertMade, RENEW_SCHEMA} from '../support/made-file.js';
import {python, pythonTest} from '../support/python.js';
import {CONV, probeData, randomFloats, runInfo} from '../support/run-folder.js';
import {temporaryFolder} from '../support/temporary-folder.js';

const DOCUMENT = 'docs/run-folder.md';

/** The run that the examples speak of, in a temporary folder; two epochs. */
async function exampleRun(t: ExecutionContext): Promise<string> {
  const dir = join(await temporaryFolder(t), 'mnist');
  const writer = await RunWriter.create(dir, runInfo(), probeData());
  for (const e of [0, 1]) {
    const epoch = await writer.epoch(e);
    await epoch.activations(CONV, randomFloats(630, e), 6);
    await epoch.weights([{name: 'kernel', shape: [2, 2], dtype: 'float32', values: randomFloats(4, e)}]);
    const shares = {mean: 1.5, std: 0.5, dead: 0, zeros: 0.25};
    const row = {epoch: e, layer: 'conv2d_1', channel: 0, class: null, ...shares};
    await epoch.table('channel_entropy', [{...row, n: 6, range: 'layer', bins: 32, reason: null}]);
    await epoch.commit();
  }
  return dir;
}

async function examples(language: string): Promise<string[]> {
  const text = await readFile(DOCUMENT, 'utf8');
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, 'gms'))].map(
    match => match[1] ?? '',
  );
}

pythonTest(`every Python example of ${DOCUMENT} runs`, async t => {
  const dir = await exampleRun(t);
  const printed: string[] = [];
  for (const code of await examples('python'))
    printed.push(await python('-c', code.replaceAll('runs/mnist', dir)));
  t.is(printed.length, 5);
  t.regex(printed[0] ?? '', /1 +│ +0 +│ +1\.5/);
  t.regex(printed[2] ?? '', /^\(7, 6, 3, 5\) float32/);
  t.true(Number.isFinite(Number(printed[3])));
  t.regex(printed[4] ?? '', /kernel \(2, 2\)/);
});

test(`the JavaScript example of ${DOCUMENT} runs`, async t => {
  const dir = await exampleRun(t);
  const [code, ...rest] = await examples('js');
  t.is(rest.length, 0);
  const script = (code ?? '').replaceAll('runs/mnist', dir);
  const {stdout} = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
  t.regex(stdout, /^true\n\{[^]*layer: 'conv2d_1'/);
});

test(`${DOCUMENT} describes the columns of every table as their schemas do`, async t => {
  await assertMade(t, DOCUMENT, withTables(await readFile(DOCUMENT, 'utf8')), RENEW_SCHEMA);
});
