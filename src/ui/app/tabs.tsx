import {viewsAtOnce, visibleTabs} from '../state/layout.js';
import type {ViewState} from '../model/view-state.js';
import {view} from '../state/view-state.js';
import * as styles from './tabs.module.css';

/** The views in the order of their number keys. */
export const tabs: readonly (readonly [tab: ViewState['tab'], text: string])[] = [
  ['performance', 'Performance'],
  ['layers', 'Layers'],
  ['channels', 'Channels'],
];

/**
 * Chooses the view; on a wide page performance is always visible, and this chooses the view next to it. Where all are,
 * it chooses the one that the query follows.
 */
export function Tabs() {
  const atOnce = viewsAtOnce.value;
  const offered = atOnce === 2 ? tabs.filter(([tab]) => tab !== 'performance') : tabs;
  const isCurrent = (tab: ViewState['tab']): boolean =>
    atOnce === 3 ? tab === view.tab.value : visibleTabs.value.includes(tab);
  return (
    <nav class={styles.root} aria-label="Views">
      {offered.map(([tab, text]) => (
        <button
          type="button"
          key={tab}
          aria-current={isCurrent(tab) ? 'page' : undefined}
          onClick={() => (view.tab.value = tab)}
        >
          {text}
        </button>
      ))}
    </nav>
  );
}
