import {computed, signal} from '@preact/signals';
import type {ViewState} from '../model/view-state.js';
import {view} from './view-state.js';

/** Wide enough for performance beside another view. */
const sideBySide = window.matchMedia('(min-width: 1600px)');

/** Performance is always visible, beside one other view. */
export const isWide = signal(sideBySide.matches);
sideBySide.addEventListener('change', event => (isWide.value = event.matches));

/** The views on the page now; what is not visible is not loaded. */
export const visibleTabs = computed<ViewState['tab'][]>(() =>
  isWide.value ? ['performance', view.tab.value === 'layers' ? 'layers' : 'channels'] : [view.tab.value],
);

const windowHeight = signal(window.innerHeight);
window.addEventListener('resize', () => (windowHeight.value = window.innerHeight));

/** What stands above and below the drawing of a panel in full size, CSS pixels. */
const around = 320;

/** The height of a panel's drawing, CSS pixels: `usual`, or all that the window has where the panel is in full size. */
export function roomFor(panel: string, usual: number): number {
  return view.full.value === panel ? Math.max(usual, windowHeight.value - around) : usual;
}
