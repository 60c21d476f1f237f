import {join} from 'node:path';
import test from 'ava';
import {servedViewer} from '../support/served-viewer.js';
import {openViewer} from '../support/viewer-page.js';
import {writeRun} from '../support/written-run.js';

const {server, browser} = await servedViewer(logdir => writeRun(join(logdir, 'run'), {epochs: [0, 1]}));

test.serial('findings are listed with their confidence, and lead to where they are seen', async t => {
  const {page, trouble} = await openViewer(browser, `${server.url}#run=run`);
  await page.getByRole('button', {name: /^Findings/}).click();
  const dead = page
    .getByRole('listitem')
    .filter({hasText: '1 of 7 channels of conv2d_1 is dead at epoch 1: 0'});
  await dead.getByText(/Confidence: low, one and the same for all 6 probe samples/).waitFor();
  await dead.getByRole('button', {name: 'Show'}).click();
  await page.getByRole('complementary', {name: /channel/i}).waitFor();
  await page.waitForFunction(() => /tab=channels.*layer=conv2d_1.*channel=0/.test(location.hash));
  // This server was started without TensorFlow.js, and says so when the channel asks for its projections.
  t.deepEqual(
    trouble.filter(text => !text.includes('501')),
    [],
  );
  await page.context().close();
});
