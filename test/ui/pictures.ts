import {cp} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import {launchPictureChromium} from '../support/chromium.js';
import {pictureProblem} from '../support/compare-picture.js';
import {servedViewer} from '../support/served-viewer.js';
import {openViewer} from '../support/viewer-page.js';

// Derived tables are kept in the folder of a run: the one that is committed stays as it is.
const copyDemo = (logdir: string) => cp('test/fixtures/demo-run', join(logdir, 'demo'), {recursive: true});
const {server, browser} = await servedViewer(copyDemo, {launch: launchPictureChromium});

/** Panels by the name of their picture: the page they are on, and their title. */
const panels: Record<string, readonly [hash: string, title: string]> = {
  'confusion-matrix': ['tab=performance', 'Confusion matrix'],
  'class-entropies': ['tab=performance&class=3', 'Class entropies'],
  'inter-sample-entropy': ['tab=performance&epoch=2', 'Layer measures'],
  training: ['tab=performance', 'Training'],
  'channel-capacity': [
    'tab=layers&from=conv2d_1&to=conv2d_2&pair=3,7&pin=1,2',
    'Channel capacity, conv2d_1 and conv2d_2',
  ],
  'channel-capacity-sorted': [
    'tab=layers&from=conv2d_1&to=conv2d_2&row-order=mean&column-order=mean&epoch=3',
    'Channel capacity, conv2d_1 and conv2d_2',
  ],
  'capacity-over-time': ['tab=layers&from=conv2d_1&to=conv2d_2', 'Over time'],
  'capacity-over-depth': ['tab=layers&from=input_1&to=conv2d_2', 'Over depth'],
  'channels-by-class': ['tab=channels&layer=conv2d_2', 'Channels by class'],
  'channels-of-one-class': ['tab=channels&layer=conv2d_2&zoom=3&epoch=4', 'Channels by class'],
  'channels-over-time': ['tab=channels&layer=conv2d_2&lines=classes', 'Channels over time'],
  'classes-compared': ['tab=channels&layer=conv2d_1&compare=3&compare=8', 'Classes compared'],
  'classes-in-every-layer': ['tab=channels', 'Classes in every layer'],
};

for (const theme of ['light', 'dark'] as const) {
  for (const [name, [hash, title]] of Object.entries(panels)) {
    test.serial(`${title} looks as it did: ${name}, ${theme}`, async t => {
      const {page} = await openViewer(browser, `${server.url}#${hash}&theme=${theme}`);
      const panel = page.getByRole('region', {name: title, exact: true});
      await panel.locator('.panel-body:not(.panel-waiting)').locator('canvas, .dot-rows').first().waitFor();
      await page.waitForLoadState('networkidle');
      // What has arrived is drawn by the frame after the next.
      await page.evaluate(
        () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))),
      );
      t.is(await pictureProblem(`${name}-${theme}`, await panel.screenshot()), null);
      await page.context().close();
    });
  }
}
