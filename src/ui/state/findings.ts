import {signal} from '@preact/signals';
import {fetchFindings} from '../api/client.js';
import {resource} from './resource.js';
import {primaryRun, revisionOf} from './runs.js';

/** Somebody opened the list; before, nothing is asked of a run that still trains. */
export const findingsWanted = signal(false);

/** Findings of the primary run. The server computes capacities for them, so for a live run they are requested only on demand. */
export const findings = resource(
  () => {
    const run = primaryRun.value;
    if (!run || (run.live && !findingsWanted.value)) return null;
    return {run: run.id, revision: revisionOf(run)};
  },
  ({run}, aborted) => fetchFindings(run, aborted),
);
