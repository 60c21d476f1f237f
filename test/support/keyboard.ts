import type {Locator, Page} from 'playwright-core';

/** Where Tab stops. */
export interface TabStop {
  /** Its place among all that should be a stop, in the order of the page; -1 for a scrolling area, which Chromium makes one. */
  at: number;
  name: string;
  /** Checks that it is in the window, not cut off for the most part, and has a focus ring. */
  isSeen: boolean;
}

/** Presses Tab from where the focus is, once around the page. */
export async function walkByTab(page: Page): Promise<TabStop[]> {
  const stops = new Map<string, TabStop>();
  for (;;) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(readFocus);
    if (stop === null || stops.has(`${stop.at} ${stop.name}`)) return [...stops.values()];
    stops.set(`${stop.at} ${stop.name}`, stop);
  }
}

/** Presses Tab until `wanted` has the focus. */
export async function tabTo(page: Page, wanted: Locator): Promise<void> {
  const been = new Set<string>();
  while (!(await hasFocus(wanted))) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(readFocus);
    if (stop === null) continue;
    if (been.has(`${stop.at} ${stop.name}`))
      throw new Error(`Tab does not come to it, only to: ${[...been].join('; ')}`);
    been.add(`${stop.at} ${stop.name}`);
  }
}

export function hasFocus(wanted: Locator): Promise<boolean> {
  return wanted.evaluate(element => element === document.activeElement);
}

/** Waits until it has the focus. */
export async function takesFocus(wanted: Locator): Promise<void> {
  const focused = wanted.and(wanted.page().locator(':focus'));
  await focused.waitFor({timeout: 10_000}).catch(async () => {
    const stop = await wanted.page().evaluate(readFocus);
    throw new Error(`The focus is at "${stop?.name ?? 'the page itself'}", and not there: ${String(wanted)}`);
  });
}

/** The names of all that should be a stop, in the order of the page. */
export function expectedStops(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('a[href], button, input, select, [tabindex]')]
      .filter(element => element.tabIndex >= 0 && !element.matches(':disabled') && element.checkVisibility())
      .map(element => element.getAttribute('aria-label') ?? element.innerText.trim().split('\n')[0] ?? ''),
  );
}

/** What can be clicked and is no stop, and is not in a group in which the arrow keys go from one to the next. */
export function beyondKeyboard(page: Page): Promise<string[]> {
  const groups = '.multiples, [role=tree], .bar-chart';
  return page.evaluate(
    groups =>
      [...document.querySelectorAll<HTMLElement>('a, button, input, select, [role=button], [onclick]')]
        .filter(element => element.tabIndex < 0 && element.checkVisibility() && !element.closest(groups))
        .map(element => element.outerHTML),
    groups,
  );
}

/** In the page: the element with the focus; null where that is the page itself. */
function readFocus(): TabStop | null {
  const element = document.activeElement as HTMLElement | null;
  if (!element || element === document.body) return null;
  const stops = [
    ...document.querySelectorAll<HTMLElement>('a[href], button, input, select, [tabindex]'),
  ].filter(other => other.tabIndex >= 0 && !other.matches(':disabled') && other.checkVisibility());
  const {outlineStyle, outlineWidth} = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  let [top, bottom, left, right] = [0, innerHeight, 0, innerWidth];
  for (let around = element.parentElement; around; around = around.parentElement) {
    if (getComputedStyle(around).overflow === 'visible') continue;
    const edge = around.getBoundingClientRect();
    [top, bottom] = [Math.max(top, edge.top), Math.min(bottom, edge.bottom)];
    [left, right] = [Math.max(left, edge.left), Math.min(right, edge.right)];
  }
  const shown = (from: number, to: number, low: number, high: number): boolean =>
    // What is larger than its surroundings is seen in part.
    Math.min(to, high) - Math.max(from, low) >= 0.75 * Math.min(to - from, high - low);
  const isInside = shown(box.top, box.bottom, top, bottom) && shown(box.left, box.right, left, right);
  return {
    at: stops.indexOf(element),
    name: element.getAttribute('aria-label') ?? element.innerText.trim().split('\n')[0] ?? '',
    isSeen: isInside && outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2,
  };
}
