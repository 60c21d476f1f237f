import {readdir, readFile, writeFile} from 'node:fs/promises';
import {join, relative} from 'node:path';
import {
  metricTable,
  openRun,
  readDerived,
  RunWriter,
  verifyRun,
  writeDerived,
  type DerivedTable,
} from 'cnnslicer/store';
import type {LayerInfo, RunInfo} from '#src/shared/index.js';
import {INPUT, probeData, randomFloats, runInfo} from '../run-folder.js';
import {tableRows} from '../written-run.js';

/** A file of a run, whole or with one change. */
export interface Tampering {
  /** Relative to the run folder. */
  path: string;
  /** A bit to flip, counted from the start of the file, or the length to cut it to. */
  change: {bit: number} | {length: number};
}

/**
 * `noticed`: a reader of the file receives one line, or recomputes it. `unchanged`: it says what it said. Both are
 * right; `silent` is not, nor is `unreported`: `verify` did not name the file. A time-out or a crash is a `failure`.
 */
export type Outcome = 'noticed' | 'unchanged' | 'silent' | 'unreported' | 'failure';

const LAYER: LayerInfo = {index: 1, name: 'conv', className: 'Conv2D', spatial: [2, 2], channels: 2};
const DERIVED: DerivedTable<'logs'> = {table: 'logs', epoch: 1, options: {made: 'x'}, source: 'abc'};

/** A run of one epoch with a file of every kind, as small as can be: some 15 kB. */
export async function writeTinyRun(dir: string): Promise<void> {
  const info = runInfo({layers: [INPUT, LAYER]});
  const writer = await RunWriter.create(dir, info, probeData());
  const epoch = await writer.epoch(1);
  await epoch.activations(LAYER, randomFloats(6 * 4 * 2, 1), 6);
  await epoch.weights([{name: 'w', shape: [2], dtype: 'float32', values: Float32Array.of(1, 2)}]);
  const tables = tableRows(info, 1);
  await epoch.table('logs', tables.logs);
  await epoch.table('confusion', tables.confusion);
  await epoch.table('class_entropy', tables.class_entropy);
  await epoch.table(
    'channel_entropy',
    tables.channel_entropy.filter(({channel}) => channel === 0),
  );
  await epoch.table(
    'layer_entropy',
    tables.layer_entropy.filter(row => row.class === null),
  );
  await epoch.table('predictions', tables.predictions);
  await epoch.commit();
  await writer.close('finished');
  const derived = metricTable('logs', [{epoch: 1, name: 'loss', value: 0.5}]);
  await writeDerived(await openRun(dir), DERIVED, derived);
}

/** The files of a run, sorted. */
export async function filesOf(dir: string): Promise<string[]> {
  const entries = await readdir(dir, {recursive: true, withFileTypes: true});
  return entries
    .filter(entry => entry.isFile())
    .map(entry => relative(dir, join(entry.parentPath, entry.name)))
    .sort();
}

/** Makes one change at a time, reads what the file says, asks `verify`, and takes the change back. */
export class TamperedRun {
  readonly #dir: string;
  readonly #bytes = new Map<string, Uint8Array>();
  readonly #said = new Map<string, string>();

  /** @param dir - Of {@link writeTinyRun}. */
  constructor(dir: string) {
    this.#dir = dir;
  }

  /** Every change there is to a file, or all. */
  async *changes(path: string): AsyncGenerator<Tampering> {
    const {length} = await this.#original(path);
    for (let bit = 0; bit < 8 * length; bit++) yield {path, change: {bit}};
    for (let cut = 0; cut < length; cut++) yield {path, change: {length: cut}};
  }

  /** How many changes {@link changes} gives. */
  async count(path: string): Promise<number> {
    return 9 * (await this.#original(path)).length;
  }

  /** The change of a number. */
  async change(path: string, index: number): Promise<Tampering> {
    const {length} = await this.#original(path);
    return {path, change: index < 8 * length ? {bit: index} : {length: index - 8 * length}};
  }

  async outcome({path, change}: Tampering): Promise<Outcome> {
    const original = await this.#original(path);
    const before = this.#said.get(path) ?? (await read(this.#dir, path));
    this.#said.set(path, before);
    const native = join(this.#dir, path);
    await writeFile(native, changed(original, change));
    try {
      const said = await within(20_000, read(this.#dir, path)).catch(messageOf);
      if (said === null || said.includes('\n')) return 'failure';
      const report = await within(20_000, verifyRun(this.#dir)).catch(messageOf);
      if (report === null) return 'failure';
      const named = typeof report === 'string' ? report.includes(path) : !report.ok && names(report, path);
      if (!named) return 'unreported';
      if (said === before) return 'unchanged';
      return said.startsWith('refused: ') ? 'noticed' : 'silent';
    } finally {
      await writeFile(native, original);
    }
  }

  async #original(path: string): Promise<Uint8Array> {
    const bytes = this.#bytes.get(path) ?? (await readFile(join(this.#dir, path)));
    this.#bytes.set(path, bytes);
    return bytes;
  }
}

function names({problems}: {problems: {kind: string; path: string}[]}, path: string): boolean {
  return problems.some(problem => problem.kind === 'damage' && problem.path === path);
}

function changed(bytes: Uint8Array, change: Tampering['change']): Uint8Array {
  if ('length' in change) return bytes.subarray(0, change.length);
  const flipped = Uint8Array.from(bytes);
  flipped[change.bit >> 3] = (flipped[change.bit >> 3] as number) ^ (1 << (change.bit & 7));
  return flipped;
}

/** All that a file says to those who read it, as text. */
async function read(dir: string, path: string): Promise<string> {
  const run = await openRun(dir);
  if (path === 'run.json') return JSON.stringify(run.info satisfies RunInfo);
  if (path.startsWith('probe/')) return text(await run.probe());
  if (path.startsWith('derived/')) return text((await readDerived(run, DERIVED)) ?? 'refused: recomputed');
  if (path.startsWith('weights/')) return text(await run.weights(1));
  const table = /^metrics\/(\w+)\//.exec(path)?.[1];
  if (table !== undefined) return text(await run.table(table as 'logs'));
  const manifest = path.endsWith('_manifest.json') ? await run.manifest(1) : null;
  return text([manifest, await run.activations(1, 'conv')]);
}

function text(value: unknown): string {
  if (typeof value === 'string') return value;
  return JSON.stringify(value, (_, item: unknown) =>
    ArrayBuffer.isView(item) ? Array.from(item as Float32Array, String) : item,
  );
}

function messageOf(error: unknown): string | null {
  return error instanceof TookTooLong ? null : `refused: ${(error as Error).message}`;
}

class TookTooLong extends Error {}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TookTooLong()), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
