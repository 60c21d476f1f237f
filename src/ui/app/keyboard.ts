import {moveEpoch, showEpoch, togglePlay} from '../state/clock.js';
import {epochs} from '../state/runs.js';
import {currentLayer} from '../state/chosen-layers.js';
import {layers} from '../state/run-detail.js';
import {view} from '../state/view-state.js';
import {expressionBoxId} from '../views/query/expression-box.js';
import {viewIds} from '../model/views.js';
import {isHelpOpen} from './help.js';

const actions: Record<string, () => void> = {
  ArrowLeft: () => moveEpoch(-1),
  ArrowRight: () => moveEpoch(1),
  Home: () => showEpoch(epochs.value[0] ?? 0),
  End: () => showEpoch(epochs.value.at(-1) ?? 0),
  ' ': togglePlay,
  ...Object.fromEntries(viewIds.map((id, i) => [String(i + 1), () => (view.tab.value = id)])),
  '[': () => moveLayer(-1),
  ']': () => moveLayer(1),
  '/': () => document.getElementById(expressionBoxId)?.focus(),
  '?': () => (isHelpOpen.value = true),
  Escape: closeWhatIsOpen,
};

/** Listens for the page's keys; those typed into fields stay theirs, and while a menu or a dialog is open all are its own. */
export function listenForKeys(): void {
  document.addEventListener('keydown', event => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target as HTMLElement;
    // Also when nothing has the focus: the browser closes the dialog unless Escape is handled.
    if (document.querySelector('dialog[open], :popover-open')) return;
    if (target.closest('select, textarea, input:not([type=checkbox])')) return;
    // Space presses the focused button.
    if (event.key === ' ' && target.closest('button, input')) return;
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });
}

function moveLayer(step: number): void {
  const list = layers.value;
  const at = list.findIndex(layer => layer.name === currentLayer.value?.name);
  const next = list[at + step];
  if (!next) return;
  view.layer.value = next.name;
  view.channel.value = null;
}

function closeWhatIsOpen(): void {
  if (view.cell.value) view.cell.value = null;
  else if (view.pair.value !== null && view.tab.value === 'layers') view.pair.value = null;
  else if (view.channel.value !== null) view.channel.value = null;
  else if (view.zoom.value !== null) view.zoom.value = null;
  else if (view.full.value !== null) view.full.value = null;
  else view.focusClass.value = null;
}
