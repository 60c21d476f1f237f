import {readFile} from 'node:fs/promises';
import type {Browser, BrowserContextOptions, Page, Request} from 'playwright-core';

export interface ViewerPage {
  page: Page;
  /** Errors on the console (the content policy's are among them), exceptions, and requests to another host. */
  trouble: string[];
  /** Waits until the page has asked nothing for a while (default 300 ms), and everything asked is answered. */
  settled: (quietMs?: number) => Promise<void>;
}

/** Opens the viewer in a new context, waits until it has drawn, and notes everything that must not happen. */
export async function openViewer(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<ViewerPage> {
  const context = await browser.newContext({
    viewport: {width: 1280, height: 900},
    reducedMotion: 'reduce',
    ...options,
  });
  context.setDefaultTimeout(60_000); // on a busy machine an answer takes as long
  const page = await context.newPage();
  const trouble: string[] = [];
  page.on('console', message => {
    if (message.type() === 'error') trouble.push(`${message.text()} ${message.location().url}`.trim());
  });
  page.on('pageerror', error => trouble.push(error.message));
  page.on('request', request => {
    const {origin, protocol} = new URL(request.url());
    if (protocol.startsWith('http') && origin !== new URL(url).origin) {
      trouble.push(`request to ${request.url()}`);
    }
  });
  const settled = quietness(page);
  await page.goto(url);
  await page.locator('.panel-body canvas').filter({visible: true}).first().waitFor();
  return {page, trouble, settled};
}

/** Counts the requests in flight from now on; the stream of events, which never ends, is not among them. */
function quietness(page: Page): ViewerPage['settled'] {
  const inFlight = new Set<Request>();
  page.on('request', request => {
    if (!request.url().endsWith('/api/events')) inFlight.add(request);
  });
  page.on('requestfinished', request => inFlight.delete(request));
  page.on('requestfailed', request => inFlight.delete(request));
  return async (quietMs = 300) => {
    for (let quietSince = Date.now(); Date.now() - quietSince < quietMs;) {
      if (inFlight.size > 0) quietSince = Date.now();
      await page.waitForTimeout(20);
    }
  };
}

/** The epoch on the clock, as text. */
export function epochShown(page: Page): Promise<string> {
  return page.inputValue('.epoch-bar-number input');
}

/** Waits for the confusion matrix of `epoch`, and reads the counts of its cells row by row from the table behind it. */
export async function matrixAt(page: Page, epoch: number): Promise<number[]> {
  const panel = page.locator('[data-panel=confusion]');
  await panel.locator('.panel-head p', {hasText: `epoch ${epoch} ·`}).waitFor({timeout: 60_000});
  const table = page.getByRole('button', {name: 'Confusion matrix as a table'});
  // The focus stays where it is.
  await table.dispatchEvent('click');
  const counts = await panel.locator('tbody td:nth-child(3)').allTextContents();
  await table.dispatchEvent('click');
  return counts.map(Number);
}

/** Middle of a cell of a grid that is drawn in the panel called `panel`, CSS pixels in the window. */
export async function cellCentre(
  page: Page,
  panel: string,
  row: number,
  column: number,
): Promise<{x: number; y: number}> {
  const grid = page.locator(`[data-panel=${panel}] [data-raster]`);
  await grid.scrollIntoViewIfNeeded();
  return grid.evaluate(
    (element, cell) => {
      const {
        left,
        top,
        width,
        height,
        window: seen,
      } = JSON.parse((element as HTMLElement).dataset['raster'] ?? '') as {
        left: number;
        top: number;
        width: number;
        height: number;
        window: Record<string, number>;
      };
      const corner = element.getBoundingClientRect();
      return {
        x: corner.left + left + ((cell.column + 0.5 - seen['column']!) / seen['columns']!) * width,
        y: corner.top + top + ((cell.row + 0.5 - seen['row']!) / seen['rows']!) * height,
      };
    },
    {row, column},
  );
}

/** What a panel saves in a format: `PNG`, `SVG`, `CSV` or `JSON`. */
export async function savedPanel(
  page: Page,
  title: string,
  format: string,
): Promise<{name: string; bytes: Buffer}> {
  const panel = page.getByRole('region', {name: title, exact: true});
  await panel.getByRole('button', {name: `Export ${title}`}).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    panel.getByRole('button', {name: format, exact: true}).click(),
  ]);
  return {name: download.suggestedFilename(), bytes: await readFile(await download.path())};
}
