import {computed} from '@preact/signals';
import {linkProblems} from '../state/link.js';
import {runs, selectedRuns} from '../state/runs.js';
import {view} from '../state/view-state.js';
import {CloseIcon} from './icons.js';

/** Runs that the address asks for and the folder does not have. */
const missingRuns = computed(() => {
  if (runs.value === null) return [];
  const found = new Set(selectedRuns.value.map(run => run.id));
  return view.runs.value.filter(id => !found.has(id));
});

/** What the address asked for and could not get. */
export function Notices() {
  const missing = missingRuns.value;
  const problems = linkProblems.value;
  if (missing.length === 0 && problems.length === 0) return null;
  const sentences = [
    ...problems,
    ...missing.map(id => `run ${id} is not in this folder or has no finished epoch`),
  ];
  return (
    <div class="notice" role="status">
      <p>This link could not be followed in full: {sentences.join('; ')}. The rest is shown.</p>
      <button
        type="button"
        class="icon-button"
        aria-label="Dismiss"
        onClick={() => {
          linkProblems.value = [];
          view.runs.value = selectedRuns.value.map(run => run.id);
        }}
      >
        <CloseIcon />
      </button>
    </div>
  );
}
