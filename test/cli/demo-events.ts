import {cp, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import type {RunSummary} from 'cnnslicer/analysis';
import type {Finding} from '#src/shared/index.js';
import {cnnslicer, demoOnce} from '../support/command.js';
import {python, pythonTest} from '../support/python.js';
import {readEvents} from '../support/read-events.js';
import {temporaryFolder} from '../support/temporary-folder.js';

const RUN = 'mnist-20-per-class';

/** Each text of the findings, with its epoch. */
async function findingsTexts(tensorboard: string): Promise<{epoch: number; markdown: string}[]> {
  const events = await readEvents(join(tensorboard, 'findings'));
  return events.flatMap(({step = 0, summary}) =>
    (summary?.value ?? []).map(({tensor}) => ({
      epoch: step,
      markdown: Buffer.from(tensor.stringVal?.[0] ?? []).toString(),
    })),
  );
}

/** Every finding with its evidence, in its order. */
function assertTells(t: ExecutionContext, markdown: string, found: readonly Finding[]): void {
  const rows = markdown.split('\n').filter(line => line.startsWith('|'));
  t.is(rows.length, 2 + found.length);
  for (const [i, {title, evidence}] of found.entries()) {
    t.true(rows[2 + i]?.includes(title.replaceAll('|', '\\|')), title);
    t.true(rows[2 + i]?.includes(`\`${evidence}\``), evidence);
  }
}

const quickDemo = demoOnce('--json');

pythonTest('stock TensorBoard shows all pages of a run that the demo made, findings too', async t => {
  const {logdir, demo} = await quickDemo();
  t.is(demo.code, 0, demo.stderr);
  const {findings: found, epochs, layers} = JSON.parse(demo.stdout) as RunSummary & {findings: Finding[]};
  t.deepEqual(epochs, {first: 0, last: 2, count: 3});
  t.is(layers.length, 7);
  t.true(found.length > 0);

  const report = join(await temporaryFolder(t), 'report.json');
  await python(
    'test/support/check_tensorboard.py',
    logdir,
    ...['--need', 'scalars,histograms,images,custom_scalars,hparams,text,graphs'],
    ...['--min-steps', 'images=3', '--json', report],
  );
  const {problems, plugins} = JSON.parse(await readFile(report, 'utf8')) as {
    problems: string[];
    plugins: {text: {tags: Record<string, [run: string, texts: number][]>}};
  };
  t.deepEqual(problems, []);
  t.deepEqual(plugins.text.tags, {
    findings: [[`${RUN}/tensorboard/findings`, 1]],
    model: [[`${RUN}/tensorboard`, 1]],
    run: [[`${RUN}/tensorboard`, 1]],
  });
  const [text] = await findingsTexts(join(logdir, RUN, 'tensorboard'));
  t.is(text?.epoch, 2);
  assertTells(t, text?.markdown ?? '', found);
});

test('findings --tensorboard writes what it prints, beside the events of the training', async t => {
  const logdir = await temporaryFolder(t);
  await cp((await quickDemo()).logdir, logdir, {recursive: true});
  const run = join(logdir, RUN);
  const again = await cnnslicer('findings', RUN, '--logdir', logdir, '--json', '--tensorboard');
  t.is(again.code, 0, again.stderr);
  const texts = await findingsTexts(join(run, 'tensorboard'));
  t.deepEqual(
    texts.map(({epoch}) => epoch),
    [2, 2],
    "the demo's own, and the command's",
  );
  assertTells(t, texts.at(-1)?.markdown ?? '', JSON.parse(again.stdout) as Finding[]);
  const restarts = (await readEvents(join(run, 'tensorboard/findings'))).filter(event => event.sessionLog);
  t.deepEqual(
    new Set(restarts.map(({step}) => step)),
    new Set([2]),
    'the later takes the place of the earlier',
  );

  const elsewhere = join(logdir, 'elsewhere');
  t.is((await cnnslicer('findings', run, '--quiet', '--tensorboard', elsewhere)).code, 0);
  t.is((await findingsTexts(join(elsewhere, RUN))).length, 1);
});
