import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {extname, join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import type {Locator, Page} from 'playwright-core';
import {python, pythonTest} from '../support/python.js';
import {servedViewer} from '../support/served-viewer.js';
import {shows} from '../support/shows.js';
import {writeRun} from '../support/written-run.js';

/** The name of the run is another than its folder's, and both need care in every format. */
const NAME = 'digits & "letters" <7>, été';
const epochs = [0, 1, 2];

const {open} = await servedViewer(async logdir => {
  await writeRun(join(logdir, 'first'), {epochs, info: {name: NAME}});
  await writeRun(join(logdir, 'second'), {epochs});
});

/** Everything on the page that shows data: panels, drawers, and the parts of the rail. */
const shown = (page: Page): Locator => page.locator('.panel, .drawer, .rail-section').filter({visible: true});
const exportButton = {name: /^Export /};

/** Scenes that together have every panel and every drawer. */
const scenes: Record<string, string> = {
  performance: 'run=first&tab=performance&cell=0,0&epoch=1',
  'runs compared and a result': `run=first&run=second&tab=performance&epoch=2&rail=icons&${asking('H(dCNN(label=*, conv2d_1, *, *))')}`,
  'layers and a grid': `run=first&tab=layers&pair=1,0&epoch=1&baseline=yes&rail=icons&${asking('C(dCNN(*, conv2d_1, *, 1), dCNN(*, dense_1, *, 1))')}`,
  channels: 'run=first&tab=channels&channel=1&lines=classes&rail=icons',
};

function asking(query: string): string {
  return `query=${encodeURIComponent(query)}`;
}

interface Facts {
  title: string;
  from: string[];
  runs: {id: string; name: string}[];
  epoch: number | null;
  address: string;
  version: string;
}

/** What the readers found in the files of one thing, by format. */
interface Saved {
  png: {texts: Record<string, string>; colours: number};
  svg: {title: string; description: string; facts: Facts; words: string[]; marks: number};
  csv: {columns: string[]; rows: number; runs: string[]; questions: string[]};
  json: {facts: Facts; columns: string[]; rows: number};
}

for (const [scene, hash] of Object.entries(scenes)) {
  pythonTest(`${scene}: what is shown is saved whole, as other readers find it`, async t => {
    const folder = await mkdtemp(join(tmpdir(), 'cnnslicer-exports-'));
    t.teardown(() => rm(folder, {recursive: true, force: true}));
    const first = await open(hash, {viewport: {width: 1280, height: 1000}});
    await first.settled();
    await shows(t, () => withoutExport(first.page), [], 'every panel and drawer can be exported');
    const count = await shown(first.page).count();
    await first.page.context().close();
    const names: Record<string, string>[] = [];
    for (let at = 0; at < count; at += 2) {
      // Chromium asks before a page saves more than ten files.
      const {page, settled, trouble} = await open(hash, {viewport: {width: 1280, height: 1000}});
      await settled();
      await shows(t, () => withoutExport(page), []);
      for (const each of [at, at + 1].filter(index => index < count))
        names.push(await saveAll(page, shown(page).nth(each), folder));
      const own = trouble.filter(line => !line.includes('/projections?')); // the server has no projector
      t.deepEqual(own, []);
      await page.context().close();
    }
    t.is(new Set(names.flatMap(files => Object.values(files))).size, 4 * count, 'no two files have one name');
    const read = JSON.parse(await python('test/support/read_exports.py', folder)) as Record<string, unknown>;
    for (const files of names) {
      const saved = Object.entries(files).map(([format, name]) => [format, read[name]]);
      assertWhole(t, Object.fromEntries(saved) as Saved);
    }
  });
}

/** Headings of what has no export button. */
function withoutExport(page: Page): Promise<string[]> {
  return shown(page).evaluateAll(elements =>
    elements
      .filter(element => !element.querySelector('button[aria-label^="Export "]'))
      .map(element => element.querySelector('h2')?.textContent ?? ''),
  );
}

/** Saves one thing in every format; returns the names by format. */
async function saveAll(page: Page, what: Locator, folder: string): Promise<Record<string, string>> {
  const names: Record<string, string> = {};
  for (const format of ['png', 'svg', 'csv', 'json']) {
    await what.getByRole('button', exportButton).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      what.getByRole('button', {name: format.toUpperCase(), exact: true}).click(),
    ]);
    const name = download.suggestedFilename();
    names[extname(name).slice(1)] = name;
    await download.saveAs(join(folder, name));
  }
  return names;
}

/** Each file says what it is of, and the formats hold the same number of values. */
function assertWhole(t: ExecutionContext, {png, svg, csv, json}: Saved): void {
  const {facts} = json;
  const what = facts.title;
  t.is(facts.runs[0]?.name, NAME, what);
  t.true(facts.from.length > 0 && facts.address.includes('run=first'), what);
  t.regex(facts.version, /^CNNSlicer \d/, what);

  t.deepEqual(svg.facts, facts, what);
  t.deepEqual(JSON.parse(png.texts['cnnslicer'] ?? ''), facts, what);
  t.is(svg.title, what);
  t.is(png.texts['Title'], what);
  t.is(png.texts['Description'], svg.description, what);
  const painted = bare(svg.words.join(''));
  for (const text of [what, ...facts.runs.map(({name}) => name), facts.from[0] ?? ''])
    t.true(painted.includes(bare(text)), `${text} is painted in ${what}: ${painted}`);
  t.true(svg.marks >= 2 && png.colours > 2, `${what} is drawn`);

  t.true(json.rows > 0, what);
  t.is(csv.rows, json.rows, what);
  t.deepEqual(
    csv.columns,
    [...(csv.columns.length === json.columns.length + 1 ? [] : ['run']), ...json.columns, 'question'],
    what,
  );
  t.deepEqual(csv.questions, [facts.from.join('; ')], what);
  t.deepEqual(csv.runs.toSorted(), expectedRuns(csv, facts), what);
}

/** A table of several runs says in each row which it is of, by its folder or its name. */
function expectedRuns({runs}: Saved['csv'], {runs: all}: Facts): string[] {
  const ids = all.map(({id}) => id).toSorted();
  const names = all.map(({name}) => name).toSorted();
  if (runs.length < all.length) return [ids.join(', ')];
  return runs.some(run => !ids.includes(run)) ? names : ids;
}

/** Lines are broken at spaces, and within long words. */
function bare(text: string): string {
  return text.replaceAll(/\s/g, '');
}

pythonTest(
  'the ticked panels are saved on one page, each with its letter, its facts and its drawing',
  async t => {
    const folder = await mkdtemp(join(tmpdir(), 'cnnslicer-sheet-'));
    t.teardown(() => rm(folder, {recursive: true, force: true}));
    const {page, settled, trouble} = await open('run=first&tab=performance&epoch=1&rail=icons');
    await settled();
    await shows(t, () => withoutExport(page), []);
    const names: string[] = [];
    for (const format of ['PNG', 'SVG']) {
      await page.getByRole('button', {name: 'Export', exact: true}).click();
      await page.getByRole('checkbox', {name: 'Training'}).uncheck();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', {name: `Figure sheet as ${format}`}).click(),
      ]);
      names.push(download.suggestedFilename());
      await download.saveAs(join(folder, download.suggestedFilename()));
    }
    t.deepEqual(names, ['first-figure-sheet-epoch-1.png', 'first-figure-sheet-epoch-1.svg']);
    const read = JSON.parse(await python('test/support/read_exports.py', folder)) as Record<string, unknown>;
    const svg = read[names[1] ?? ''] as {facts: Facts[]; words: string[]; marks: number};
    const titles = ['Confusion matrix', 'Class entropies', 'Layer measures'];
    t.deepEqual(
      svg.facts.map(({title}) => title),
      titles,
    );
    for (const text of [...titles, '(a)', '(b)', '(c)']) t.true(svg.words.includes(text), text);
    const png = read[names[0] ?? ''] as Saved['png'];
    t.deepEqual(JSON.parse(png.texts['cnnslicer'] ?? ''), svg.facts);
    t.deepEqual(trouble, []);
    await page.context().close();
  },
);

test("a key opens what a panel's numbers mean, from the documentation, with the N of this run", async t => {
  const {page, trouble} = await open('run=first&tab=layers&rail=icons');
  const panel = page.locator('[data-panel=capacity]');
  await panel.getByRole('button', {name: /as a table$/}).focus();
  await page.keyboard.press('i');
  const text = page.getByRole('region', {name: 'About these numbers'});
  await text.getByText("how much do two channels' distances reveal about each other?").waitFor();
  await text.getByText('Range: 0..min(H(X), H(Y)) · here: N = 6, bins = 32').waitFor();
  await text.getByText('C = H(X) - H(X|Y)').waitFor();
  await text.getByText('As far as it rises above its baseline.').waitFor();
  await page.keyboard.press('Escape');
  await text.waitFor({state: 'detached'});
  t.deepEqual(trouble, []);
  await page.context().close();
});
