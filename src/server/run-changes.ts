import type {EpochEvent, RunSummary} from '../shared/index.js';
import type {RunState} from './run-state.js';

export interface RunChanges {
  /** A run appeared, went, lost epochs, or changed in anything but its new epochs. */
  list: boolean;
  /** Epochs committed or written again since, run by run, ascending. */
  epochs: EpochEvent[];
}

/** Changes between two checks of the log directory. */
export function runChanges(before: readonly RunState[], after: readonly RunState[]): RunChanges {
  const known = new Map(before.map(state => [state.summary.id, state]));
  let list = before.length !== after.length;
  const epochs: EpochEvent[] = [];
  for (const {summary, versions} of after) {
    const earlier = known.get(summary.id);
    list ||= earlier === undefined || !sameRun(earlier.summary, summary);
    for (const epoch of summary.epochs) {
      if (earlier?.versions.get(epoch) !== versions.get(epoch)) epochs.push({run: summary.id, epoch});
    }
  }
  return {list, epochs};
}

/** True if the two differ only by new epochs, and by the time of that. */
function sameRun(before: RunSummary, after: RunSummary): boolean {
  const {epochs: epochsBefore, changedAt: _changedBefore, ...restBefore} = before;
  const {epochs: epochsAfter, changedAt: _changedAfter, ...restAfter} = after;
  return (
    JSON.stringify(restBefore) === JSON.stringify(restAfter) &&
    epochsBefore.every(epoch => epochsAfter.includes(epoch))
  );
}
