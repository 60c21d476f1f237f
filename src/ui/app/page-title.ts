import {effect} from '@preact/signals';
import {VIEWS} from '../model/views.js';
import {primaryRun, selectedRuns} from '../state/runs.js';
import {view} from '../state/view-state.js';

/** Names the runs and the view in the page's title, for tabs, bookmarks and the browser's history. */
export function followTitle(): void {
  effect(() => {
    const title = VIEWS.find(({id}) => id === view.tab.value)?.title;
    const others = selectedRuns.value.length - 1;
    const run = primaryRun.value && (others > 0 ? `${primaryRun.value.id} + ${others}` : primaryRun.value.id);
    document.title = run ? `${run} · ${title} · CNNSlicer` : 'CNNSlicer';
  });
}
