import {viewsAtOnce, visibleTabs} from '../state/layout.js';
import {VIEWS, type ViewId} from '../model/views.js';
import {view} from '../state/view-state.js';
import * as styles from './tabs.module.css';

/**
 * Chooses the view; on a wide page the first one, performance, is always visible, and this chooses the view next to it. Where all are,
 * it chooses the one that the query follows.
 */
export function Tabs() {
  const atOnce = viewsAtOnce.value;
  const offered = atOnce === 2 ? VIEWS.slice(1) : VIEWS;
  const isCurrent = (tab: ViewId): boolean =>
    atOnce === 3 ? tab === view.tab.value : visibleTabs.value.includes(tab);
  return (
    <nav class={styles.root} aria-label="Views">
      {offered.map(({id: tab, title: text}) => (
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
