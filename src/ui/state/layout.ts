import {computed, signal} from '@preact/signals';
import {view, type ViewState} from './view-state.js';

/** Wide enough for two views side by side. */
const sideBySide = window.matchMedia('(min-width: 1600px)');

/** Two views are visible, and there is nothing to choose between. */
export const isWide = signal(sideBySide.matches);
sideBySide.addEventListener('change', event => (isWide.value = event.matches));

/** The views on the page now; what is not visible is not loaded. */
export const visibleTabs = computed<ViewState['tab'][]>(() =>
  isWide.value ? ['performance', 'channels'] : [view.tab.value],
);
