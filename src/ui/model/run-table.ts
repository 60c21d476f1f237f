import type {RunAccuracies, RunSummary} from '../../shared/index.js';

/** The columns that a run table can be sorted by. */
export type RunColumn = 'path' | 'state' | 'classes' | 'samples' | 'epochs' | 'accuracy' | 'changed' | 'tags';

/** What is chosen in a run table. */
export interface RunChoice {
  /** Words that are all in a run's path, name, state or tags; between slashes, a regular expression. */
  wanted: string;
  sort: {by: RunColumn; descending: boolean};
  isGrouped: boolean;
}

/** One line of the table: a run, or a folder above its runs. */
export type RunLine = {kind: 'run'; run: RunSummary} | {kind: 'folder'; folder: string; runs: number};

/** The lines of a run table. */
export interface RunLines {
  lines: RunLine[];
  /** Runs among them. */
  runs: number;
  /** Why nothing is searched for; null if the search is understood. */
  problem: string | null;
}

/** Returns the lines of the runs that match, sorted, in folders if they are grouped; missing values are last either way. */
export function runLines(
  runs: readonly RunSummary[],
  accuracies: RunAccuracies,
  {wanted, sort, isGrouped}: RunChoice,
): RunLines {
  const {matches, problem} = matcher(wanted);
  const found = runs.filter(run => matches(searchedText(run)));
  const values = new Map(found.map(run => [run, sortValue(run, sort.by, accuracies)]));
  found.sort((a, b) => {
    const order = compare(values.get(a) ?? null, values.get(b) ?? null, sort.descending);
    return order === 0 ? byPath.compare(a.id, b.id) : order;
  });
  const lines = isGrouped ? inFolders(found) : found.map(run => ({kind: 'run' as const, run}));
  return {lines, runs: found.length, problem};
}

/** The state of a run in one or two words. */
export function stateOfRun({problem, live, status, epochs}: RunSummary): string {
  if (problem !== undefined) return 'cannot be opened';
  if (live) return epochs.length === 0 ? 'starting' : 'training';
  if (status === 'training') return 'stopped early';
  return status;
}

/** The folder that a run is in, as a path below the log directory; empty directly in it. */
export function folderOf({id}: Pick<RunSummary, 'id'>): string {
  return id.includes('/') ? id.slice(0, id.lastIndexOf('/')) : '';
}

/** Numbers in names by their value: run-9 before run-10. */
const byPath = new Intl.Collator('en', {numeric: true});

function matcher(wanted: string): {matches: (text: string) => boolean; problem: string | null} {
  const text = wanted.trim();
  if (!text.startsWith('/')) {
    const words = text.toLowerCase().split(/\s+/);
    return {matches: searched => words.every(word => searched.toLowerCase().includes(word)), problem: null};
  }
  try {
    const pattern = new RegExp(text.slice(1).replace(/\/$/, ''), 'i');
    return {matches: searched => pattern.test(searched), problem: null};
  } catch (error) {
    return {matches: () => true, problem: (error as Error).message};
  }
}

function searchedText(run: RunSummary): string {
  return [run.id, run.name, stateOfRun(run), ...run.tags].join('\n');
}

function sortValue(run: RunSummary, by: RunColumn, accuracies: RunAccuracies): string | number | null {
  const values: Record<RunColumn, () => string | number | null> = {
    path: () => run.id,
    state: () => stateOfRun(run),
    classes: () => (run.problem === undefined ? run.classes : null),
    samples: () => run.trainingSamples,
    epochs: () => run.epochs.at(-1) ?? null,
    accuracy: () => accuracies[run.id] ?? null,
    changed: () => run.changedAt,
    tags: () => (run.tags.length === 0 ? null : run.tags.join(' ')),
  };
  return values[by]();
}

function compare(a: string | number | null, b: string | number | null, descending: boolean): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  const order = typeof a === 'number' && typeof b === 'number' ? a - b : byPath.compare(String(a), String(b));
  return descending ? -order : order;
}

function inFolders(sorted: readonly RunSummary[]): RunLine[] {
  const folders = new Map<string, RunSummary[]>();
  for (const run of sorted) {
    const folder = folderOf(run);
    const others = folders.get(folder);
    if (others) others.push(run);
    else folders.set(folder, [run]);
  }
  return [...folders]
    .sort(([a], [b]) => byPath.compare(a, b))
    .flatMap(([folder, runs]) => [
      {kind: 'folder' as const, folder, runs: runs.length},
      ...runs.map(run => ({kind: 'run' as const, run})),
    ]);
}
