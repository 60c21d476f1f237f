import type {RunSummary} from '../shared/index.js';
import {RunFormatError, type EpochManifest, type ListedRun, type Run} from '../store/index.js';
import {isLive, lastWriteMs} from './is-live.js';

/** A run as one look at the log directory saw it. */
export interface RunState {
  summary: RunSummary;
  /** A text for each epoch of `summary.epochs`, which changes when the epoch is written again. */
  versions: ReadonlyMap<number, string>;
}

/**
 * The present state of a listed run; one that is broken has its problem in the summary, and nothing else.
 *
 * @param shown - The part of the problem that may be shown.
 */
export async function runState(
  {id, run, problem}: ListedRun,
  shown: (message: string) => string,
): Promise<RunState> {
  if (run === undefined) return brokenState(id, shown(problem ?? `The run ${id} cannot be opened.`));
  try {
    const {finished, damaged} = await run.look();
    const manifests = await manifestsOf(run, finished);
    const versions = new Map(
      manifests.map(({epoch, files}) => [epoch, files.map(({sha256}) => sha256).join(' ')]),
    );
    const summary = await summarize(id, run, [...versions.keys()]);
    const failed = manifests.flatMap(({epoch, failed = []}) => failed.map(part => ({epoch, ...part})));
    if (failed.length > 0)
      summary.failed = failed.map(({epoch, what, reason}) => ({epoch, reason: shown(`${what}: ${reason}`)}));
    if (damaged.length > 0)
      summary.damaged = damaged.map(({epoch, reason}) => ({epoch, reason: shown(reason)}));
    return {summary, versions};
  } catch (error) {
    return brokenState(id, shown(error instanceof Error ? error.message : String(error)));
  }
}

async function summarize(id: string, run: Run, epochs: number[]): Promise<RunSummary> {
  const {name, createdAt, status, training, classes, tags = []} = run.info;
  return {
    id,
    name,
    createdAt,
    changedAt: new Date(await lastWriteMs(run.dir)).toISOString(),
    live: await isLive(run),
    status,
    epochs,
    plannedEpochs: training.epochs ?? epochs.at(-1) ?? 0,
    trainingSamples: training.samples,
    classes: classes.length,
    tags,
  };
}

async function manifestsOf(run: Run, epochs: readonly number[]): Promise<EpochManifest[]> {
  const manifests: EpochManifest[] = [];
  for (const epoch of epochs) {
    try {
      manifests.push(await run.manifest(epoch));
    } catch (error) {
      // The store's word for an epoch that was there a moment ago: a new start of the run is removing it.
      // Or it was damaged a moment ago, which the next look tells.
      if (!(error instanceof RangeError) && !(error instanceof RunFormatError)) throw error;
    }
  }
  return manifests;
}

function brokenState(id: string, problem: string): RunState {
  const summary: RunSummary = {
    id,
    name: id,
    createdAt: '',
    changedAt: null,
    live: false,
    status: 'failed',
    epochs: [],
    plannedEpochs: 0,
    trainingSamples: null,
    classes: 0,
    tags: [],
    problem,
  };
  return {summary, versions: new Map()};
}
