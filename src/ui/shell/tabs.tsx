import {isWide} from '../state/layout.js';
import {view, type ViewState} from '../state/view-state.js';

/** The views in the order of their number keys. */
export const tabs: readonly (readonly [tab: ViewState['tab'], text: string])[] = [
  ['performance', 'Performance'],
  ['channels', 'Channels'],
];

/** Chooses the view; on a wide page all are visible, and there is nothing to choose. */
export function Tabs() {
  if (isWide.value) return null;
  return (
    <nav class="tabs" aria-label="Views">
      {tabs.map(([tab, text]) => (
        <button
          type="button"
          key={tab}
          aria-current={view.tab.value === tab ? 'page' : undefined}
          onClick={() => (view.tab.value = tab)}
        >
          {text}
        </button>
      ))}
    </nav>
  );
}
