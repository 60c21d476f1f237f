import {computed, signal} from '@preact/signals';
import {view, type ViewState} from './view-state.js';

/** Wide enough for performance beside another view. */
const sideBySide = window.matchMedia('(min-width: 1600px)');

/** Performance is always visible, beside one other view. */
export const isWide = signal(sideBySide.matches);
sideBySide.addEventListener('change', event => (isWide.value = event.matches));

/** The views on the page now; what is not visible is not loaded. */
export const visibleTabs = computed<ViewState['tab'][]>(() =>
  isWide.value ? ['performance', view.tab.value === 'layers' ? 'layers' : 'channels'] : [view.tab.value],
);
