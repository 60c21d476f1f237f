import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {setTimeout as delay} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import test, {type ExecutionContext} from 'ava';
import {openRun, RunFormatError, RunWriter, verifyRun, type Run} from 'cnnslicer/store';
import {seededRandom} from '#src/shared/index.js';
import {bitsOf, channelMajor, continuedFrom, probeData, randomFloats} from '../support/run-folder.js';
import {temporaryFolder} from '../support/temporary-folder.js';

const CHILD = fileURLToPath(new URL('../support/run-folder-child.js', import.meta.url));
/** Two folders, so 50 kills; the same moments each time, as far as a clock goes. */
const SEEDS = [20, 21];
const KILLS = 25;
/** A writer is killed this long after its nth sign of life at most, about the time that an epoch takes. */
const LONGEST_MS = 20;

interface Moment {
  /** Lines to wait for: `ready`, then one for each committed epoch. */
  lines: number;
  afterMs: number;
}

/** Starts a writer, kills it, and gives the epochs that it said were committed. */
async function killWriter(dir: string, from: number, {lines, afterMs}: Moment): Promise<number[]> {
  const child = spawn(process.execPath, [CHILD, 'write', dir, String(from)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = once(child, 'close');
  const seen: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    if (seen.push(line) === lines) void delay(afterMs).then(() => child.kill('SIGKILL'));
  }
  const [, signal] = (await closed) as [number | null, string | null];
  if (signal !== 'SIGKILL') throw new Error(`the writer ended by itself, signal ${signal}`);
  return seen.slice(1).map(Number);
}

for (const seed of SEEDS) {
  test(`${KILLS} writers killed at any moment leave every finished epoch intact, without gaps (${seed})`, async t => {
    t.timeout(170_000);
    const dir = join(await temporaryFolder(t), 'run');
    const {finished, unfinished} = await killOften(t, dir, seed);
    t.true(
      unfinished > KILLS / 4,
      `only ${unfinished} kills hit an epoch being written: the test shows little`,
    );
    t.true(finished.length > 0);

    const last = finished.length - 1;
    const {maps} = await (await openRun(dir)).activations(last, 'conv2d_1');
    t.deepEqual(bitsOf(maps), channelMajor(randomFloats(6 * 15 * 7, last), 7));
    await RunWriter.create(dir, continuedFrom(last), probeData());
    const {problems, intact} = await verifyRun(dir);
    t.deepEqual({problems, intact}, {problems: [], intact: finished}, 'a new start cleans up');
  });
}

/** Kills writers one after the other in the same folder, which must be whole each time. */
async function killOften(t: ExecutionContext, dir: string, seed: number) {
  const random = seededRandom(seed);
  let finished: number[] = [];
  let unfinished = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    // Usually resuming, sometimes from an epoch that exists, twice from the start.
    const from = kill % 12 === 8 ? 0 : Math.max(0, finished.length - (kill % 3));
    const committed = await killWriter(dir, from, {
      lines: 1 + Math.floor(4 * random()),
      afterMs: LONGEST_MS * random(),
    });
    const run = await openedUnlessNew(dir, committed);
    if (run === undefined) continue;
    const kept = from === 0 ? [] : finished.filter(epoch => epoch <= from);
    finished = await run.epochs();
    t.true(
      kept.every(epoch => finished.includes(epoch)),
      `kill ${kill}: an epoch is lost that the start was to keep`,
    );
    t.deepEqual(finished, [...finished.keys()], `kill ${kill}: a gap`);
    t.true(
      committed.every(epoch => finished.includes(epoch)),
      `kill ${kill}: a committed epoch is lost`,
    );
    const report = await verifyRun(dir);
    t.true(report.ok, `kill ${kill}: ${JSON.stringify(report.problems)}`);
    t.deepEqual(report.intact, finished);
    unfinished += report.unfinished.length;
  }
  return {finished, unfinished};
}

/** The run; `undefined` if the very first `run.json` was not in place yet, when nothing can have been committed. */
async function openedUnlessNew(dir: string, committed: number[]): Promise<Run | undefined> {
  try {
    return await openRun(dir);
  } catch (error) {
    const isNew = error instanceof RunFormatError && error.code === 'not-a-run' && committed.length === 0;
    if (isNew) return undefined;
    throw error;
  }
}
