import {join} from 'node:path';
import test from 'ava';
import {rewriteTable} from '../support/rewrite-table.js';
import {servedViewer} from '../support/served-viewer.js';
import {openViewer} from '../support/viewer-page.js';
import {writeRun} from '../support/written-run.js';

const {server, browser} = await servedViewer(async logdir => {
  await writeRun(join(logdir, 'earlier'), {epochs: [0]});
  await rewriteTable(join(logdir, 'earlier'), {table: 'layer_entropy', epoch: 0}, columns =>
    columns.filter(({name}) => name !== 'matrix_bits'),
  );
});

test('what the version that wrote a run did not know is shown as such, not as undefined', async t => {
  const {page, trouble} = await openViewer(
    browser,
    `${server.url}#run=earlier&epoch=0&layer-measure=matrix+entropy`,
  );
  const bars = page.locator('[data-panel=layer-measures] canvas');
  const {width = 0, height = 0} = (await bars.boundingBox()) ?? {};
  await bars.hover({position: {x: width * 0.54, y: height * 0.6}});
  await page.locator('.tooltip', {hasText: /matrix entropynot recorded/}).waitFor();
  t.deepEqual(trouble, []);
  await page.context().close();
});
