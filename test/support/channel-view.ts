import {cp} from 'node:fs/promises';
import {join} from 'node:path';
import type {Locator, Page} from 'playwright-core';
import {openRun, type Run} from 'cnnslicer/store';
import type {ChannelEntropyRow} from '#src/shared/index.js';
import {demoOnce} from './command.js';
import {CONV, INPUT, runInfo} from './run-folder.js';
import {servedViewer} from './served-viewer.js';
import type {ViewerPage} from './viewer-page.js';
import {writeRun} from './written-run.js';

const RUN = 'mnist-20-per-class';

/** The layer that the tests look at: the demo's second convolution, 32 channels. */
export const LAYER = 'conv2d_2';

export interface ChannelView {
  run: Run;
  /** The channel entropies of the layer. */
  rows: ChannelEntropyRow[];
  /** Opens the channel view of the layer, or of another run: `small`, or `wide` with 512 channels. */
  open: (hash?: string) => Promise<ViewerPage>;
  /** A channel's mean entropy at an epoch, of a class or of all samples (null). */
  meanOf: (epoch: number, channel: number, index: number | null) => ChannelEntropyRow | undefined;
}

const views = new Map<boolean, Promise<ChannelView>>();

/** Serves the quick demo and two small runs, with a projector (default) or without, once for all files of a process. */
export function channelView({projects = true} = {}): Promise<ChannelView> {
  const view = views.get(projects) ?? servedChannelView(projects);
  views.set(projects, view);
  return view;
}

async function servedChannelView(projects: boolean): Promise<ChannelView> {
  const quickDemo = demoOnce();
  const viewer = await servedViewer(
    async logdir => {
      await cp((await quickDemo()).logdir, logdir, {recursive: true});
      await writeRun(join(logdir, 'small'));
      const wide = {...CONV, channels: 512};
      await writeRun(join(logdir, 'wide'), {info: runInfo({layers: [INPUT, wide]})});
    },
    {projects},
  );
  const run = await openRun(join(viewer.logdir, RUN));
  const rows = (await run.table('channel_entropy')).filter(row => row.layer === LAYER);
  const open = (hash = '') => {
    const where = hash.includes('run=') ? '' : `run=${RUN}&layer=${LAYER}&`;
    return viewer.open(`${where}tab=channels&${hash}`, {viewport: {width: 1400, height: 1000}});
  };
  const meanOf: ChannelView['meanOf'] = (epoch, channel, index) =>
    rows.find(row => row.epoch === epoch && row.channel === channel && row.class === index);
  return {run, rows, open, meanOf};
}

/** The circle that the keyboard is at. */
export const cursorOf = (page: Page): Locator => page.locator('[data-panel=channel-circles] .circles-cursor');
export const labelOf = async (page: Page) => (await cursorOf(page).getAttribute('aria-label')) ?? '';

/** Moves the circles' cursor with the arrow keys until its label begins so; there it is focused. */
export async function goTo(page: Page, beginning: string): Promise<void> {
  await cursorOf(page).focus();
  const keys = ['ArrowRight', 'ArrowDown', 'ArrowLeft', 'ArrowUp'];
  const left = new Map<string, number>();
  for (let label = await labelOf(page); !label.startsWith(beginning); label = await labelOf(page)) {
    // Each circle is left by every key in turn: a walk that comes to every circle.
    const times = left.get(label) ?? 0;
    if (times > 40)
      throw new Error(`No circle begins with "${beginning}" among ${[...left.keys()].join('; ')}`);
    left.set(label, times + 1);
    await cursorOf(page).press(keys[times % 4] ?? 'ArrowRight');
  }
}

/** Middle of the circle that the keyboard is at, in the window. */
export async function centreOf(page: Page): Promise<{x: number; y: number}> {
  const box = await cursorOf(page).boundingBox();
  if (!box) throw new Error('The circle is not on the page.');
  return {x: box.x + box.width / 2, y: box.y + box.height / 2};
}
