import {batch, computed, signal} from '@preact/signals';
import {viewIds, type ViewId} from '../model/views.js';
import {view} from './view-state.js';

/** Number of views beside one another: one, two of which performance is the first, or all. */
export const viewsAtOnce = signal<1 | 2 | 3>(1);

/** True if the window has no room for the page's parts beside one another: they stack, and the page scrolls. */
export const isCompact = signal(false);

/** CSS pixels up to which a window is compact; the style sheets say the same, which `test/ui/styles.ts` checks. */
export const compact = {width: 900, height: 600};

/** CSS pixels from which two views have room beside one another, and all. */
const twoViews = 1600;
const allViews = 2400;

/** CSS pixels. */
const windowHeight = signal(0);

/** The views on the page now; what is not visible is not loaded. */
export const visibleTabs = computed<ViewId[]>(() => {
  if (viewsAtOnce.value === 1) return [view.tab.value];
  if (viewsAtOnce.value === 3) return viewIds;
  const [first, ...others] = viewIds;
  const beside = others.includes(view.tab.value) ? view.tab.value : others.at(-1);
  return [first, beside].filter(id => id !== undefined);
});

/** The view is on the page. */
export function isVisible(tab: ViewId): boolean {
  return visibleTabs.value.includes(tab);
}

/** The query rail is open: as it was left, else where there is room for it. */
export const isRailOpen = computed(() =>
  view.rail.value === null ? !isCompact.value : view.rail.value === 'open',
);

/** Height above and below the drawing of a maximised panel, CSS pixels. */
const around = 320;

/** Window height, CSS pixels, that the usual heights of drawings are made for. */
const usualWindow = 900;

/** Drawings grow with the window, but not beyond twice their usual height. */
const maxGrowth = 2;

/**
 * The height of a panel's drawing, CSS pixels: `usual`, more in a window that is taller than usual and has room for every view, or the rest
 * of the window if the panel is maximised.
 */
export function roomFor(panel: string, usual: number): number {
  if (view.full.value === panel) return Math.max(usual, windowHeight.value - around);
  if (viewsAtOnce.value < 3) return usual;
  return Math.round(usual * Math.min(maxGrowth, Math.max(1, windowHeight.value / usualWindow)));
}

/** Keeps the layout in step with the window; returns what ends it. */
export function followWindow(): () => void {
  const resized = (): void => {
    const {innerWidth: width, innerHeight: height} = window;
    batch(() => {
      windowHeight.value = height;
      isCompact.value = width <= compact.width || height <= compact.height;
      viewsAtOnce.value = isCompact.value || width < twoViews ? 1 : width < allViews ? 2 : 3;
    });
  };
  resized();
  window.addEventListener('resize', resized);
  return () => window.removeEventListener('resize', resized);
}
