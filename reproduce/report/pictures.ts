import {mkdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import type {Page} from 'playwright-core';
import {startViewer} from '#src/cli/viewer/start-viewer.js';
import {launchPictureChromium} from '../../test/support/chromium.js';
import type {Row} from '../row.js';
import type {Shot} from './shots.js';

export interface Picture {
  figure: string;
  caption: string;
  /** Name of its files, without extension. */
  name: string;
  /** The picture's file name. */
  file: string;
  /** The numbers that are drawn, as the panel exports them; null where a part of the page is photographed. */
  rows: Row[] | null;
}

/** Set for a view whose capacities are computed when it is opened. */
const PATIENCE_MS = 300_000;

/** Takes pictures from the viewer itself: exports of its panels, or a part of its page. */
export async function takePictures(runs: string, shots: readonly Shot[], folder: string): Promise<Picture[]> {
  await mkdir(folder, {recursive: true});
  const viewer = await startViewer(runs, 0);
  const browser = await launchPictureChromium();
  try {
    const pictures: Picture[] = [];
    for (const shot of shots) {
      const page = await browser.newPage({
        viewport: {width: 1600, height: 1000},
        deviceScaleFactor: 2,
        colorScheme: 'light',
        reducedMotion: 'reduce',
      });
      page.setDefaultTimeout(PATIENCE_MS);
      // The findings are in no picture, and take long to compute.
      await page.route('**/findings*', route => route.abort());
      await page.goto(`${viewer.url}#${shot.view}`);
      await page.waitForSelector('.panel-body canvas');
      await page.waitForFunction(() => document.querySelector('[aria-busy=true]') === null);
      // The event stream stays open: the network is idle when all answers have come.
      await page.waitForLoadState('networkidle');
      pictures.push(await take(page, shot, folder));
      await page.close();
    }
    return pictures;
  } finally {
    await browser.close();
    await viewer.close();
  }
}

async function take(page: Page, {figure, caption, name, of}: Shot, folder: string): Promise<Picture> {
  if ('part' in of) {
    const file = `${name}.png`;
    // What a link opens takes the focus, whose ring is of no use in a picture.
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await page
      .locator(of.part)
      .first()
      .screenshot({path: join(folder, file)});
    return {figure, caption, name, file, rows: null};
  }
  const file = `${name}.${of.format}`;
  await (await exported(page, of.panel, of.format)).saveAs(join(folder, file));
  const table = await (await exported(page, of.panel, 'json')).path();
  const {rows} = JSON.parse(await readFile(table, 'utf8')) as {rows: Row[]};
  return {figure, caption, name, file, rows};
}

/** Returns the export of a panel. */
async function exported(page: Page, panel: string, format: string) {
  await page.locator(`button[aria-label^="Export ${panel}"]`).first().click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.locator('.menu-item', {hasText: format.toUpperCase()}).first().click(),
  ]);
  return download;
}
