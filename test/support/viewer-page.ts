import type {Browser, BrowserContextOptions, Page} from 'playwright-core';

export interface ViewerPage {
  page: Page;
  /** Errors on the console (the content policy's are among them), exceptions, and requests to another host. */
  trouble: string[];
}

/** Opens the viewer in a context of its own, waits until it has drawn, and notes everything that must not happen. */
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
  const page = await context.newPage();
  const trouble: string[] = [];
  page.on('console', message => message.type() === 'error' && trouble.push(message.text()));
  page.on('pageerror', error => trouble.push(error.message));
  page.on('request', request => {
    const {origin, protocol} = new URL(request.url());
    if (protocol.startsWith('http') && origin !== new URL(url).origin) {
      trouble.push(`request to ${request.url()}`);
    }
  });
  await page.goto(url);
  await page.waitForSelector('.panel-body canvas');
  return {page, trouble};
}

/** The epoch on the clock, as text. */
export function epochShown(page: Page): Promise<string> {
  return page.inputValue('.epoch-number input');
}

/** Waits for the confusion matrix of `epoch`, and reads its cells row by row; an empty cell is 0. */
export async function matrixAt(page: Page, epoch: number): Promise<number[]> {
  await page.locator('.confusion .panel-head p', {hasText: `epoch ${epoch} ·`}).waitFor({timeout: 60_000});
  return page.$$eval('.matrix td button', buttons =>
    buttons.map(button => Number(button.textContent?.trim() ?? 0)),
  );
}
