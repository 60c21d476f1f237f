import {computed, effect, signal} from '@preact/signals';
import type {EpochEvent, RunSummary} from '../../shared/index.js';
import {fetchRuns} from '../api/client.js';
import {listen} from '../api/events.js';
import {nearestEpoch} from '../model/epochs.js';
import {noteProgress} from './ask.js';
import {resource} from './resource.js';
import {view} from './view-state.js';

/** The first answer of the server; later ones come as events. */
export const runList = resource(
  () => 'runs',
  (_key, aborted) => fetchRuns(aborted),
);

/** Every run under the log directory, newest first; null until the server answered. */
export const runs = signal<RunSummary[] | null>(null);

/** True while the event stream is connected; without it the page is not updated. */
export const connected = signal(true);

/** Ids of the runs that have been in the folder since the page was opened. */
const known = new Set<string>();

/** The run has been in the folder since the page was opened, whether or not it still is. */
export function wasThere(id: string): boolean {
  return known.has(id);
}

/** How often an epoch was written since the page was opened, by run id and epoch. */
const written = signal<Record<string, Record<number, number>>>({});

/** The newest run when the page was opened: shown where the address names none, also when newer ones begin. */
const firstShown = signal<string | null>(null);

/** The selected runs that exist and can be opened; the newest one where none is. */
export const selectedRuns = computed<RunSummary[]>(() => {
  const usable = (runs.value ?? []).filter(isUsable);
  const wanted = view.runs.value.flatMap(id => usable.filter(run => run.id === id));
  if (wanted.length > 0) return wanted;
  return [usable.find(run => run.id === firstShown.value) ?? usable[0]].filter(run => run !== undefined);
});

/** The run that drives what shows one run only. */
export const primaryRun = computed<RunSummary | null>(() => selectedRuns.value[0] ?? null);

/** Captured epochs of the primary run, ascending. */
export const epochs = computed<number[]>(() => primaryRun.value?.epochs ?? []);

/** The epoch that every view shows; null where the run has none. */
export const currentEpoch = computed<number | null>(() => {
  const wanted = view.epoch.value;
  return wanted === null ? (epochs.value.at(-1) ?? null) : nearestEpoch(epochs.value, wanted);
});

/** Part of the key of everything that grows while a run trains. */
export function revisionOf({id, createdAt, epochs: captured}: RunSummary): string {
  const times = Object.values(written.value[id] ?? {}).reduce((sum, count) => sum + count, 0);
  return `${createdAt} ${captured.length} ${captured.at(-1) ?? ''} ${times}`;
}

/** Part of the key of what is of one epoch: it stays while others arrive, and changes when that one is written again. */
export function epochRevisionOf({id, createdAt}: RunSummary, epoch: number): string {
  return `${createdAt} ${written.value[id]?.[epoch] ?? 0}`;
}

/** Follows the server's runs; returns what ends it, and forgets them. */
export function watchRuns(): () => void {
  const stops = [
    effect(() => {
      if (runList.value.value) runs.value = newestFirst(runList.value.value);
    }),
    effect(() => runs.value?.filter(isUsable).forEach(({id}) => known.add(id))),
    effect(() => {
      firstShown.value ??= runs.value?.find(isUsable)?.id ?? null;
    }),
    runList.start(),
    hearEvents(),
  ];
  return () => {
    stops.forEach(stop => stop());
    runs.value = null;
    firstShown.value = null;
    known.clear();
    written.value = {};
  };
}

function hearEvents(): () => void {
  let wasLost = false;
  return listen({
    onRuns: list => (runs.value = newestFirst(list)),
    onEpoch: addEpoch,
    onProgress: noteProgress,
    onConnected: isConnected => {
      connected.value = isConnected;
      // Events that were sent meanwhile are gone: ask for the whole list.
      if (isConnected && wasLost) runList.retry();
      wasLost = !isConnected;
    },
  });
}

/** Adds a run to the comparison, or takes it out; the last one stays. */
export function toggleRun(id: string): void {
  const ids = selectedRuns.value.map(run => run.id);
  const next = ids.includes(id) ? ids.filter(other => other !== id) : [...ids, id];
  if (next.length > 0) view.runs.value = next;
}

/** Makes a run the primary one; it joins the comparison where it was not part of it. */
export function makePrimary(id: string): void {
  const others = selectedRuns.value.map(run => run.id).filter(other => other !== id);
  view.runs.value = [id, ...others];
}

/** Shows one run alone. */
export function showOnly(id: string): void {
  view.runs.value = [id];
}

/** Can be opened, and has something to show. */
export function isUsable(run: RunSummary): boolean {
  return run.problem === undefined && run.epochs.length > 0;
}

function addEpoch({run: id, epoch}: EpochEvent): void {
  if (!runs.value?.some(run => run.id === id)) {
    runList.retry();
    return;
  }
  const times = written.value[id] ?? {};
  written.value = {...written.value, [id]: {...times, [epoch]: (times[epoch] ?? 0) + 1}};
  runs.value = (runs.value ?? []).map(run =>
    run.id === id ? {...run, epochs: [...new Set([...run.epochs, epoch])].sort((a, b) => a - b)} : run,
  );
}

function newestFirst(list: RunSummary[]): RunSummary[] {
  return [...list].sort((a, b) => b.createdAt.localeCompare(a.createdAt) || a.id.localeCompare(b.id));
}
