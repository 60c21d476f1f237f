import {computed, signal} from '@preact/signals';
import type {ViewState} from '../model/view-state.js';
import {view} from './view-state.js';

/** True if performance is always visible, next to one other view. */
export const isWide = signal(false);

/** CSS pixels. */
const windowHeight = signal(0);

/** The views on the page now; what is not visible is not loaded. */
export const visibleTabs = computed<ViewState['tab'][]>(() =>
  isWide.value ? ['performance', view.tab.value === 'layers' ? 'layers' : 'channels'] : [view.tab.value],
);

/** The view is on the page. */
export function isVisible(tab: ViewState['tab']): boolean {
  return visibleTabs.value.includes(tab);
}

/** Height above and below the drawing of a maximised panel, CSS pixels. */
const around = 320;

/** The height of a panel's drawing, CSS pixels: `usual`, or the rest of the window if the panel is maximised. */
export function roomFor(panel: string, usual: number): number {
  return view.full.value === panel ? Math.max(usual, windowHeight.value - around) : usual;
}

/** Keeps the layout in step with the window; returns what ends it. */
export function followWindow(): () => void {
  // Wide enough for performance next to another view.
  const sideBySide = window.matchMedia('(min-width: 1600px)');
  const widthChanged = (): void => void (isWide.value = sideBySide.matches);
  const heightChanged = (): void => void (windowHeight.value = window.innerHeight);
  widthChanged();
  heightChanged();
  sideBySide.addEventListener('change', widthChanged);
  window.addEventListener('resize', heightChanged);
  return () => {
    sideBySide.removeEventListener('change', widthChanged);
    window.removeEventListener('resize', heightChanged);
  };
}
