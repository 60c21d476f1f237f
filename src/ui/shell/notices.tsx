import {computed, signal} from '@preact/signals';
import {linkProblems} from '../state/link.js';
import {runs, selectedRuns} from '../state/runs.js';
import {view} from '../state/view-state.js';
import {failure} from './attempt.js';
import {CloseIcon} from './icons.js';

/** Runs that the address asks for and the folder does not have. */
const missingRuns = computed(() => {
  if (runs.value === null) return [];
  const found = new Set(selectedRuns.value.map(run => run.id));
  return view.runs.value.filter(id => !found.has(id));
});

/** What could not be done: by the link that was followed, or since. */
export function Notices() {
  return (
    <>
      <LinkNotice />
      <DamageNotice />
      {failure.value !== null && (
        <Notice role="alert" text={failure.value} dismiss={() => (failure.value = null)} />
      )}
    </>
  );
}

/** What the address asked for and could not get. */
function LinkNotice() {
  const missing = missingRuns.value;
  const problems = linkProblems.value;
  if (missing.length === 0 && problems.length === 0) return null;
  const sentences = [
    ...problems,
    ...missing.map(id => `run ${id} is not in this folder or has no finished epoch`),
  ];
  return (
    <Notice
      role="status"
      text={`This link could not be followed in full: ${sentences.join('; ')}. The rest is shown.`}
      dismiss={() => {
        linkProblems.value = [];
        view.runs.value = selectedRuns.value.map(run => run.id);
      }}
    />
  );
}

/** Damage that has been read of and waved away, by its words. */
const seenDamage = signal('');

/** Which epochs of the runs shown are damaged, and therefore missing from what is shown. */
const damageInWords = computed(() =>
  selectedRuns.value
    .flatMap(({name, damaged = []}) => damaged.map(({epoch, reason}) => `${name}, epoch ${epoch}: ${reason}`))
    .join(' '),
);

function DamageNotice() {
  const text = damageInWords.value;
  if (text === '' || text === seenDamage.value) return null;
  return (
    <Notice
      role="status"
      text={`Damaged, and left out where it is needed: ${text}`}
      dismiss={() => (seenDamage.value = text)}
    />
  );
}

function Notice({role, text, dismiss}: {role: 'status' | 'alert'; text: string; dismiss: () => void}) {
  return (
    <div class="notice" role={role}>
      <p>{text}</p>
      <button type="button" class="icon-button" aria-label="Dismiss" title="Dismiss" onClick={dismiss}>
        <CloseIcon />
      </button>
    </div>
  );
}
