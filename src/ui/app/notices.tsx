import {computed, signal} from '@preact/signals';
import type {RunSummary} from '../../shared/index.js';
import {linkProblems} from '../state/link.js';
import {runs, selectedRuns, wasThere} from '../state/runs.js';
import {amend, view} from '../state/view-state.js';
import {failure} from '../kit/attempt.js';
import {IconButton} from '../kit/icon-button.js';
import {CloseIcon} from '../kit/icons.js';
import * as styles from './notices.module.css';

/** Runs that the address asks for and the folder does not have. */
const missingRuns = computed(() => {
  if (runs.value === null) return [];
  const found = new Set(selectedRuns.value.map(run => run.id));
  return view.runs.value.filter(id => !found.has(id));
});

/** Shows what failed: in the link that was followed, or since. */
export function Notices() {
  return (
    <>
      <LinkNotice />
      <GapsNotice />
      {failure.value !== null && (
        <Notice role="alert" text={failure.value} dismiss={() => (failure.value = null)} />
      )}
    </>
  );
}

/** Lists what the address requested and is not available, and what was shown and has been deleted since. */
function LinkNotice() {
  const missing = missingRuns.value;
  const shown = selectedRuns.value.map(run => run.name).join(', ');
  const [deleted, unknown] = [missing.filter(wasThere), missing.filter(id => !wasThere(id))];
  const problems = [
    ...linkProblems.value,
    ...unknown.map(id => `run ${id} is not in this folder or has no finished epoch`),
  ];
  const sentences = [
    ...deleted.map(id => `Run ${id} has been deleted, or moved out of this folder.`),
    ...(problems.length === 0 ? [] : [`This link could not be followed in full: ${problems.join('; ')}.`]),
  ];
  if (sentences.length === 0) return null;
  const instead = missing.length > 0 && shown !== '' ? `Shown instead: ${shown}.` : 'The rest is shown.';
  return (
    <Notice
      role="status"
      text={[...sentences, instead].join(' ')}
      dismiss={() => {
        linkProblems.value = [];
        amend({runs: selectedRuns.value.map(run => run.id)});
      }}
    />
  );
}

/** Lists what the shown runs lack, and cannot show. */
const gaps = computed(() =>
  [
    ['Damaged, and left out where it is needed', inWords(run => run.damaged)],
    ['Failed when it was captured', inWords(run => run.failed)],
  ]
    .flatMap(([what, words]) => (words === '' ? [] : [`${what}: ${words}`]))
    .join(' '),
);

/** Notices that have been dismissed. */
const seenGaps = signal('');

/** Each reason once a run, with its epochs: what fails may fail at every epoch. */
function inWords(
  partsOf: (run: RunSummary) => readonly {epoch: number; reason: string}[] | undefined,
): string {
  const words = selectedRuns.value.flatMap(run => {
    const epochs = new Map<string, number[]>();
    for (const {epoch, reason} of partsOf(run) ?? []) {
      epochs.set(reason, [...(epochs.get(reason) ?? []), epoch]);
    }
    return [...epochs].map(([reason, of]) => `${run.name}, epoch ${of.join(', ')}: ${reason}`);
  });
  return words.join(' ');
}

function GapsNotice() {
  const text = gaps.value;
  if (text === '' || text === seenGaps.value) return null;
  return <Notice role="status" text={text} dismiss={() => (seenGaps.value = text)} />;
}

function Notice({role, text, dismiss}: {role: 'status' | 'alert'; text: string; dismiss: () => void}) {
  return (
    <div class={styles.root} role={role}>
      <p>{text}</p>
      <IconButton label="Dismiss" onClick={dismiss}>
        <CloseIcon />
      </IconButton>
    </div>
  );
}
