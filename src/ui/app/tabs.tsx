import {isWide, visibleTabs} from '../state/layout.js';
import type {ViewState} from '../model/view-state.js';
import {view} from '../state/view-state.js';
import * as styles from './tabs.module.css';

/** The views in the order of their number keys. */
export const tabs: readonly (readonly [tab: ViewState['tab'], text: string])[] = [
  ['performance', 'Performance'],
  ['layers', 'Layers'],
  ['channels', 'Channels'],
];

/** Chooses the view; on a wide page performance is always visible, and this chooses the view next to it. */
export function Tabs() {
  const offered = isWide.value ? tabs.filter(([tab]) => tab !== 'performance') : tabs;
  return (
    <nav class={styles.root} aria-label="Views">
      {offered.map(([tab, text]) => (
        <button
          type="button"
          key={tab}
          aria-current={visibleTabs.value.includes(tab) ? 'page' : undefined}
          onClick={() => (view.tab.value = tab)}
        >
          {text}
        </button>
      ))}
    </nav>
  );
}
