import {mkdir, readdir, readFile, writeFile} from 'node:fs/promises';
import {cpus, loadavg} from 'node:os';
import {join} from 'node:path';
import type {BenchResult} from './result.js';
import {versionsOf} from './versions.js';

/** Committed results: one file a bench, so that a bench may be run again without the others. */
export const PUBLISHED = 'bench/published';

/** What one bench measured, with all that helps to judge it. */
export interface BenchRecord {
  bench: string;
  /** When it ended, ISO 8601. */
  date: string;
  machine: {node: string; cpu: string; cores: number};
  /**
   * Processes that wanted a core when it began, as the system averages over a minute: above `cores`, it had to wait.
   * Null where it was not recorded.
   */
  load: number | null;
  /** Of what takes part in it: packages, compilers. */
  versions: Record<string, string>;
  results: BenchResult[];
}

/** Runs a bench and keeps what it ran on. */
export async function recorded(bench: string, run: () => Promise<BenchResult[]>): Promise<BenchRecord> {
  const load = loadavg()[0] ?? 0;
  const results = await run();
  const cores = cpus();
  const machine = {node: process.version, cpu: cores[0]?.model ?? 'unknown', cores: cores.length};
  const date = new Date().toISOString();
  return {bench, date, machine, load, versions: await versionsOf(bench), results};
}

/** Replaces the committed results of these benches. */
export async function publish(records: readonly BenchRecord[], folder = PUBLISHED): Promise<void> {
  await mkdir(folder, {recursive: true});
  for (const record of records) {
    await writeFile(join(folder, `${record.bench}.json`), `${JSON.stringify(record, null, 2)}\n`);
  }
}

/** The committed results, by name of the bench. */
export async function readPublished(folder = PUBLISHED): Promise<BenchRecord[]> {
  const files = (await readdir(folder)).filter(name => name.endsWith('.json')).sort();
  const texts = await Promise.all(files.map(name => readFile(join(folder, name), 'utf8')));
  return texts.map(text => JSON.parse(text) as BenchRecord);
}
