import {computed, signal} from '@preact/signals';
import type {ViewState} from '../model/view-state.js';
import {view} from './view-state.js';

/** True if the page is wide enough for performance next to another view. */
const sideBySide = window.matchMedia('(min-width: 1600px)');

/** True if performance is always visible, next to one other view. */
export const isWide = signal(sideBySide.matches);
sideBySide.addEventListener('change', event => (isWide.value = event.matches));

/** The views on the page now; what is not visible is not loaded. */
export const visibleTabs = computed<ViewState['tab'][]>(() =>
  isWide.value ? ['performance', view.tab.value === 'layers' ? 'layers' : 'channels'] : [view.tab.value],
);

const windowHeight = signal(window.innerHeight);
window.addEventListener('resize', () => (windowHeight.value = window.innerHeight));

/** Height above and below the drawing of a maximised panel, CSS pixels. */
const around = 320;

/** The height of a panel's drawing, CSS pixels: `usual`, or the rest of the window if the panel is maximised. */
export function roomFor(panel: string, usual: number): number {
  return view.full.value === panel ? Math.max(usual, windowHeight.value - around) : usual;
}
