import {join} from 'node:path';
import test from 'ava';
import {servedViewer} from '../support/served-viewer.js';
import {shows} from '../support/shows.js';
import {runInfo} from '../support/run-folder.js';
import {openViewer, savedPanel} from '../support/viewer-page.js';
import {tableRows, writeRun} from '../support/written-run.js';

const {server, browser} = await servedViewer(logdir => writeRun(join(logdir, 'run'), {epochs: [0, 1]}));

test('a measure is chosen from the list: bars, caption, table, query and link are of it', async t => {
  const {page, trouble} = await openViewer(browser, `${server.url}#run=run&epoch=1`);
  const choice = page.getByRole('combobox', {name: 'Measure of the layers'});
  t.is(await choice.inputValue(), 'inter-sample entropy');
  t.deepEqual(await choice.locator('option').allTextContents(), [
    'Intra-sample entropy, bits',
    'Inter-sample entropy, bits',
    'Matrix entropy, bits',
    'Effective rank',
  ]);
  await choice.selectOption('Matrix entropy, bits');
  const panel = page.getByRole('region', {name: 'Layer measures'});
  await page.getByRole('group', {name: /^Matrix entropy, bits, of \d+ layers at epoch 1/}).waitFor();
  t.is(await panel.getByRole('group', {name: 'Bars show'}).count(), 0, 'it has no ceiling stored');
  await panel.getByRole('button', {name: 'Layer measures as a table'}).click();
  const rows = tableRows(runInfo(), 1).layer_entropy.filter(row => row.class === null);
  const expected = rows.map(row => row.matrix_bits?.toFixed(4));
  await shows(t, () => panel.locator('tbody tr td:nth-child(4)').allTextContents(), expected);
  const {from} = JSON.parse((await savedPanel(page, 'Layer measures', 'JSON')).bytes.toString()) as {
    from: string[];
  };
  t.deepEqual(from, ['Hx(dCNN(*, *, *, 1))']);
  const link = await page.evaluate(() => location.hash);
  t.regex(link, /layer-measure=matrix\+entropy/);
  const again = await openViewer(browser, `${server.url}${link}`);
  await again.page.getByRole('group', {name: /^Matrix entropy, bits, of \d+ layers at epoch 1/}).waitFor();
  t.deepEqual([...trouble, ...again.trouble], []);
  await page.context().close();
  await again.page.context().close();
});

test('a measure with its own table is drawn under its ceiling, without a unit', async t => {
  const {page, trouble} = await openViewer(
    browser,
    `${server.url}#run=run&epoch=1&layer-measure=effective+rank`,
  );
  await page.getByRole('group', {name: /^Effective rank, of \d+ layers at epoch 1/}).waitFor();
  const panel = page.getByRole('region', {name: 'Layer measures'});
  await panel.locator('.panel-head p', {hasText: 'line: ceiling, min(N - 1, values of a sample)'}).waitFor();
  await panel.getByRole('button', {name: 'Below ceiling'}).click();
  await panel.getByRole('button', {name: 'Layer measures as a table'}).click();
  const rows = tableRows(runInfo(), 1).effective_rank.filter(row => row.class === null);
  for (const [column, value] of [
    [4, (row: (typeof rows)[0]) => row.rank],
    [6, (row: (typeof rows)[0]) => Number(row.ceiling) - Number(row.rank)],
  ] as const)
    await shows(
      t,
      () => panel.locator(`tbody tr td:nth-child(${column})`).allTextContents(),
      rows.map(row => value(row)?.toFixed(4)),
    );
  t.deepEqual(trouble, []);
  await page.context().close();
});
