import {join} from 'node:path';
import test from 'ava';
import type {Page} from 'playwright-core';
import type {RunInfo} from '#src/shared/index.js';
import {servedViewer} from '../support/served-viewer.js';
import {CONV, INPUT, runInfo} from '../support/run-folder.js';
import {matrixAt, openViewer, savedPanel} from '../support/viewer-page.js';
import {shows} from '../support/shows.js';
import {tableRows, writeEpoch, writeRun} from '../support/written-run.js';

/** Runs of one network trained with three numbers of samples, by name; the seeds make their numbers differ. */
const sizes = {small: 100, medium: 200, large: 400};
type Size = keyof typeof sizes;
const names = Object.keys(sizes) as Size[];
const seedOf = (name: Size): number => 1 + names.indexOf(name);
const infoOf = (name: Size): RunInfo => {
  const info = runInfo({name});
  return {...info, status: 'finished', training: {...info.training, samples: sizes[name]}};
};

const depth = 115;
const deepLayers = Array.from({length: depth - 1}, (_, i) => ({
  ...CONV,
  index: i + 1,
  name: `block_${Math.floor(i / 8)}_${i % 2 ? 'activation' : 'conv2d'}_${i + 1}`,
}));

const {server, browser} = await servedViewer(async logdir => {
  for (const name of names) {
    const writer = await writeRun(join(logdir, name), {epochs: [], info: infoOf(name)});
    for (const epoch of [0, 1, 2]) await writeEpoch(writer, infoOf(name), epoch, seedOf(name));
  }
  await writeRun(join(logdir, 'deep'), {
    epochs: [0],
    info: runInfo({
      ...{name: 'deep', status: 'finished', createdAt: '2026-01-01T00:00:00.000Z'},
      layers: [INPUT, ...deepLayers],
    }),
  });
});

const open = (hash: string) =>
  openViewer(browser, `${server.url}#${hash}`, {viewport: {width: 1400, height: 1000}});

const panel = (page: Page, title: string) => page.getByRole('region', {name: title, exact: true});

/** The rows that a panel saves as JSON. */
async function rowsOf(page: Page, title: string): Promise<Record<string, unknown>[]> {
  const {bytes} = await savedPanel(page, title, 'JSON');
  return (JSON.parse(bytes.toString()) as {rows: Record<string, unknown>[]}).rows;
}

/** The cells of a column of a panel's table. */
const columnOf = (page: Page, title: string, column: number): Promise<string[]> =>
  panel(page, title)
    .locator(`tbody td:nth-child(${column + 1})`)
    .allTextContents();

const entropies = (name: Size, epoch: number) => tableRows(infoOf(name), epoch, seedOf(name)).class_entropy;

test.serial('class entropies of several runs: a line a run, of all classes or the one marked', async t => {
  const {page, trouble} = await open('run=small&run=medium&run=large');
  const classEntropies = panel(page, 'Class entropies');
  await classEntropies.locator('.panel-head p', {hasText: 'per run, mean over the classes'}).waitFor();
  const expected = (of: (rows: ReturnType<typeof entropies>) => (number | null)[]) =>
    [0, 1, 2].flatMap(epoch =>
      names.map(name => {
        const values = of(entropies(name, epoch)).filter(value => value !== null);
        return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
      }),
    );
  const means = await rowsOf(page, 'Class entropies');
  t.deepEqual(
    means.map(row => row['H(label | y), bits']),
    expected(rows => rows.map(row => row.label_given_pred)),
  );
  t.is(means[0]?.['reason'], 'without 1 of 3 classes: never predicted');

  await classEntropies.getByRole('group', {name: 'Classes'}).getByRole('button', {name: '0 a'}).click();
  await classEntropies.locator('.panel-head p', {hasText: 'per run, class 0 a'}).waitFor();
  const ofClass = await rowsOf(page, 'Class entropies');
  t.deepEqual(
    ofClass.map(row => row['run']),
    [...names, ...names, ...names],
  );
  t.deepEqual(
    ofClass.map(row => row['H(label | y), bits']),
    expected(rows => [rows[0]!.label_given_pred]),
  );
  t.is(ofClass[0]?.['reason'], 'never predicted');

  await classEntropies.getByRole('button', {name: 'Classes', exact: true}).click();
  await classEntropies.locator('.panel-head p', {hasText: 'per class of small'}).waitFor();
  await page.waitForFunction(() => location.hash.includes('entropies=classes'));
  const ofSmall = await rowsOf(page, 'Class entropies');
  t.deepEqual(
    ofSmall.map(row => row['H(y | label), bits']),
    [0, 1, 2].flatMap(epoch => entropies('small', epoch).map(row => row.pred_given_label)),
  );
  t.deepEqual(trouble, []);
  await page.context().close();
});

test.serial('lines are smoothed by keyboard, the raw ones stay, and a link keeps it', async t => {
  const {page, trouble} = await open('run=small');
  const linesOf = async (shown: Page, title: string) => {
    const svg = (await savedPanel(shown, title, 'SVG')).bytes.toString();
    return [...svg.matchAll(/<path d="([^"A]+)" fill="none" stroke="(#\w+)"/g)].filter(
      ([, path = '']) => path.split('L').length === 3 || (path.match(/[ML]/g)?.length ?? 0) > 2,
    );
  };
  const before = await linesOf(page, 'Class entropies');
  const rows = await rowsOf(page, 'Training');
  const slider = page.getByRole('slider', {name: 'Smoothing'});
  t.is(await slider.inputValue(), '0');
  await slider.focus();
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
  await page.waitForFunction(() => location.hash.includes('smoothing=3'));
  for (const title of ['Class entropies', 'Training'])
    await panel(page, title).locator('.panel-head p', {hasText: 'smoothed by 0.03, faint: raw'}).waitFor();
  t.is(await page.inputValue('.epoch-bar-number input'), '2', 'the arrows moved the slider alone');
  t.deepEqual(await rowsOf(page, 'Training'), rows, 'tables have the raw values');
  const after = await linesOf(page, 'Class entropies');
  t.is(after.length, 2 * before.length);
  const paths = after.map(([, path]) => path);
  for (const [, path] of before) t.true(paths.includes(path), 'the raw line is still drawn');
  const hash = await page.evaluate(() => location.hash.slice(1));
  const again = await open(hash);
  await again.page.locator('.smoothing output', {hasText: '0.03'}).waitFor();
  t.deepEqual([...trouble, ...again.trouble], []);
  await page.context().close();
  await again.page.context().close();
});

test.serial(
  'the bars are walked through by the arrow keys, tell their values, and Enter chooses',
  async t => {
    const {page, trouble} = await open('run=deep');
    const bars = page.getByRole('group', {name: /^Inter-sample entropy, bits, of 115 layers at epoch 0/});
    const rows = tableRows(runInfo({layers: [INPUT, ...deepLayers]}), 0).layer_entropy;
    const said = (layer: string): string => {
      const row = rows.find(other => other.layer === layer && other.class === null);
      return `${layer}: ${row?.bits?.toFixed(3)} bits of at most 4.000 bits`;
    };
    await bars.getByRole('button').first().focus();
    const focused = (label: string) =>
      page.waitForFunction(wanted => document.activeElement?.getAttribute('aria-label') === wanted, label);
    await focused(said('input_1'));
    for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowRight');
    const third = deepLayers[2]!.name;
    await focused(said(third));
    await page.locator('.tooltip', {hasText: `${third} · deep · epoch 0`}).waitFor();
    await page.keyboard.press('ArrowLeft');
    await focused(said(deepLayers[1]!.name));
    await page.keyboard.press('End');
    const last = deepLayers.at(-1)!.name;
    await focused(said(last));
    await page.waitForFunction(() => {
      const inner = document.activeElement?.getBoundingClientRect();
      const outer = document.querySelector('[data-panel=layer-measures]')?.getBoundingClientRect();
      return inner && outer && inner.right <= outer.right && inner.left >= outer.left;
    });
    await page.keyboard.press('Enter');
    await page.waitForFunction(
      wanted => new URLSearchParams(location.hash.slice(1)).get('layer') === wanted,
      last,
    );
    t.deepEqual(trouble, []);
    await page.context().close();
  },
);

test.serial('the names of 115 layers do not touch one another, and the chosen one is among them', async t => {
  const chosen = deepLayers[70]!.name;
  const {page} = await open(`run=deep&layer=${chosen}`);
  const svg = (await savedPanel(page, 'Layer measures', 'SVG')).bytes.toString();
  const texts = [
    ...svg.matchAll(
      /<text .*?font-weight="(\d+)".*?translate\(([\d.]+) [\d.]+\)rotate\(-45\)">(.+?)<\/text>/g,
    ),
  ];
  const at = texts.map(([, , x]) => Number(x));
  t.true(at.length > 20, `${at.length} names`);
  at.slice(1).forEach((x, i) => t.true(x - at[i]! >= 15.9, `names at ${at[i]} and ${x}`));
  const marked = texts.filter(([, weight]) => weight === '600').map(([, , , text]) => text!);
  t.is(marked.length, 1);
  const [start = '', end = ''] = marked[0]!.split('…');
  t.true(chosen.startsWith(start) && chosen.endsWith(end), `${marked[0]} for ${chosen}`);
  await page.context().close();
});

test.serial('an input size is chosen and every panel follows; all sizes are compared', async t => {
  const {page, trouble} = await open('run=small');
  const follows = async (name: Size): Promise<void> => {
    const expected = tableRows(infoOf(name), 2, seedOf(name));
    await shows(
      t,
      () => matrixAt(page, 2),
      expected.confusion.map(({count}) => count),
    );
    await shows(
      t,
      () => columnOf(page, 'Layer measures', 3),
      expected.layer_entropy.filter(row => row.class === null).map(row => row.bits?.toFixed(4)),
    );
    await shows(
      t,
      () => columnOf(page, 'Class entropies', 3),
      [0, 1, 2].flatMap(epoch => entropies(name, epoch).map(row => row.pred_given_label?.toFixed(4))),
    );
    const logs = [1, 2].map(epoch => tableRows(infoOf(name), epoch, seedOf(name)).logs);
    await shows(
      t,
      async () => (await columnOf(page, 'Training', 4)).slice(0, 4),
      ['loss', 'val_loss'].flatMap(metric =>
        logs.map(rows => rows.find(row => row.name === metric)?.value?.toFixed(4)),
      ),
    );
  };
  for (const title of ['Layer measures', 'Class entropies', 'Training'])
    await page.getByRole('button', {name: `${title} as a table`}).click();
  await follows('small');
  const choice = page.getByRole('combobox', {name: 'Input size'});
  t.deepEqual(await choice.locator('option').allTextContents(), [
    '100 training samples',
    '200 training samples',
    '400 training samples',
  ]);
  await choice.selectOption('400 training samples');
  await follows('large');
  await choice.selectOption('200 training samples');
  await follows('medium');

  await page.getByRole('button', {name: 'Compare all sizes'}).click();
  const chips = () => page.locator('.run-strip-chip > button:first-child').allTextContents();
  const [small, medium, large] = names.map(name => `${name}${sizes[name]} training samples`);
  await shows(t, chips, [medium, small, large]);
  await page.getByRole('button', {name: 'Compare all sizes'}).waitFor({state: 'detached'});
  for (const title of ['Layer measures', 'Class entropies', 'Training'])
    await shows(
      t,
      async () => [...new Set(await columnOf(page, title, title === 'Class entropies' ? 1 : 0))],
      ['medium', 'small', 'large'],
      title,
    );
  await panel(page, 'Class entropies').locator('.panel-head p', {hasText: 'per run'}).waitFor();
  await choice.selectOption('400 training samples');
  await shows(t, chips, [large, medium, small], 'a run that is compared leads, the others stay');
  t.deepEqual(trouble, []);
  await page.context().close();
});
