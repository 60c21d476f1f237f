import type {OpenedPage} from './open-watched.js';
import type {Page} from 'playwright-core';
import type {Watched} from './watch-page.js';

/** Milliseconds between two events of a key that is held, as systems repeat it. */
const repeatMs = 33;

export interface Scrubbed {
  /** From each input event to the end of the painting that shows its epoch. */
  ms: number[];
  /** Inputs that were sent: of a key all, of a drag the one move a frame that a browser hands over. */
  sent: number;
  /** Those that did not move the clock. */
  lost: number;
  /** Those whose epoch was never painted, as the next one had come before a frame. */
  unpainted: number;
  /** Processor time of the page's main thread for each input, ms. */
  workMs: number;
}

/** Visits the first epoch and all others, each awaited: from then on every epoch is cached. */
export async function visitAll(page: Page, epochs: readonly number[]): Promise<void> {
  await page.keyboard.press('Home');
  for (const epoch of epochs) {
    if (epoch !== epochs[0]) await page.keyboard.press('ArrowRight');
    await shownIs(page, epoch);
  }
  // What is smaller than the epoch's own pictures, such as the rows over depth, comes after them.
  await page.waitForLoadState('networkidle');
}

/** Presses the right arrow key from the first epoch to the last, each time when the epoch before has been painted. */
export async function pressKey(opened: OpenedPage, epochs: readonly number[]): Promise<Scrubbed> {
  const {page} = opened;
  await goToFirst(page, epochs);
  return measured(opened, epochs, async () => {
    for (const epoch of epochs.slice(1)) {
      await page.keyboard.press('ArrowRight');
      await shownIs(page, epoch);
      await pause(repeatMs);
    }
    return epochs.length - 1;
  });
}

/** Holds the right arrow key from the first epoch to the last. */
export async function holdKey(opened: OpenedPage, epochs: readonly number[]): Promise<Scrubbed> {
  const {page} = opened;
  await goToFirst(page, epochs);
  return measured(opened, epochs, async () => {
    const sent: Promise<void>[] = [];
    // A second `down` of a key that is down is sent as its repetition.
    for (let i = 1; i < epochs.length; i++) {
      sent.push(page.keyboard.down('ArrowRight'));
      await pause(repeatMs);
    }
    await Promise.all(sent);
    await page.keyboard.up('ArrowRight');
    return sent.length;
  });
}

/** Drags the slider from the first epoch to the last. */
export async function dragSlider(opened: OpenedPage, epochs: readonly number[]): Promise<Scrubbed> {
  const {page} = opened;
  const box = await page.locator('.epoch-track').boundingBox();
  if (!box) throw new Error('bench viewer: the page has no slider.');
  const [first, last] = [Number(epochs[0]), Number(epochs.at(-1))];
  const xOf = (epoch: number) => box.x + 1 + ((epoch - first) / (last - first)) * (box.width - 2);
  const y = box.y + box.height / 2;
  await page.mouse.move(xOf(first), y);
  await page.mouse.down();
  await goToFirst(page, epochs);
  return measured(opened, epochs, async () => {
    const sent: Promise<void>[] = [];
    for (const epoch of epochs.slice(1)) {
      sent.push(page.mouse.move(xOf(epoch), y));
      await pause(repeatMs);
    }
    await Promise.all(sent);
    await page.mouse.up();
    return null;
  });
}

async function goToFirst(page: Page, epochs: readonly number[]): Promise<void> {
  await page.keyboard.press('Home');
  await shownIs(page, Number(epochs[0]));
  await pause(300); // the motion of circles ends
  await page.evaluate(() => {
    const {watched} = globalThis as unknown as {watched: Watched};
    watched.inputs = [];
    watched.shown = [];
  });
}

/** @param scrub - Goes to the last epoch; tells how many inputs it sent, null where the browser decides that. */
async function measured(
  {page, work}: OpenedPage,
  epochs: readonly number[],
  scrub: () => Promise<number | null>,
): Promise<Scrubbed> {
  const before = await work();
  const asked = await scrub();
  await shownIs(page, Number(epochs.at(-1)));
  const workMs = (await work()) - before;
  const {inputs, shown} = await watchedOf(page);
  const moved = inputs.filter(({epoch}, i) => epoch !== (inputs[i - 1]?.epoch ?? epochs[0]));
  const ms: number[] = [];
  for (const input of moved) {
    const painted = shown.find(entry => entry.epoch === input.epoch);
    if (painted) ms.push(painted.ms - input.ms);
  }
  const sent = asked ?? moved.length;
  const [lost, unpainted] = [sent - moved.length, moved.length - ms.length];
  return {ms, sent, lost, unpainted, workMs: workMs / sent};
}

/** The page's measurements so far. */
export function watchedOf(page: Page): Promise<Watched> {
  return page.evaluate(() => (globalThis as unknown as {watched: Watched}).watched);
}

/** Waits until the page has shown an epoch. */
export async function shownIs(page: Page, epoch: number): Promise<void> {
  await page.waitForFunction(
    wanted => (globalThis as unknown as {watched: Watched}).watched.shown.at(-1)?.epoch === wanted,
    epoch,
    {timeout: 120_000},
  );
}

function pause(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms));
}
