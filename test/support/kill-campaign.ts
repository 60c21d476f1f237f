import {spawn, type ChildProcess} from 'node:child_process';
import {createHash} from 'node:crypto';
import {once} from 'node:events';
import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {setTimeout as delay} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {openRun, RunFormatError, verifyRun, type Run} from 'cnnslicer/store';
import {seededRandom} from '#src/shared/index.js';

const TRAINING = fileURLToPath(new URL('./killed-training-child.js', import.meta.url));
const COMMAND = fileURLToPath(new URL('../../../dist/bundled/cnnslicer.js', import.meta.url));

/** Each kill hits one of these; a training that is started again begins where the killed one ended. */
export type Victim = 'training' | 'start' | 'analyze';

export interface Campaign {
  /** The run folder; it need not exist. */
  dir: string;
  kills: number;
  seed: number;
  /** Called after each kill, with the problems found; none if all is well. */
  onKill?: (kill: number, victim: Victim, epochs: number, wrong: string[]) => void;
}

/**
 * Kills trainings in their midst and while they start, and `analyze`, at random moments, and looks after each kill
 * whether every epoch that was finished before is there, byte for byte, and nothing is damaged.
 *
 * @returns What was wrong, a line each.
 */
export async function killCampaign({dir, kills, seed, onKill}: Campaign): Promise<string[]> {
  const killer = new Killer(dir, seededRandom(seed));
  const wrong: string[] = [];
  let before = new Map<number, string>();
  for (let kill = 0; kill < kills; kill++) {
    const victim = (['training', 'start', 'training', 'analyze'] as const)[kill % 4]!;
    await killer.kill(victim, before.size);
    const {found, after} = await wrongAfter(dir, before);
    before = after;
    onKill?.(kill, victim, after.size, found);
    wrong.push(...found.map(line => `kill ${kill} (${victim}): ${line}`));
  }
  return wrong;
}

/** Kills one victim at a moment that `random` chooses; how long things take, the victims before it have shown. */
class Killer {
  readonly #dir: string;
  readonly #random: () => number;
  /** From `ready` to the first epoch. */
  #startMs = 1000;

  constructor(dir: string, random: () => number) {
    this.#dir = dir;
    this.#random = random;
  }

  /** @param stored How many epochs the run has: a training is given the time that one more takes, on any machine. */
  async kill(victim: Victim, stored: number): Promise<void> {
    const analysis = [COMMAND, 'analyze', this.#dir, '--pairs', 'all', '--quiet'];
    const args = victim === 'analyze' ? analysis : [TRAINING, this.#dir];
    const child = spawn(process.execPath, args, {stdio: ['ignore', 'pipe', 'ignore']});
    const closed = once(child, 'close');
    const end = async (ms: number) => {
      await Promise.race([delay(ms * this.#random()), closed]);
      child.kill('SIGKILL');
    };
    if (victim === 'analyze') await end(2 * this.#startMs);
    const wanted = victim === 'training' ? 2 + Math.floor(4 * this.#random()) : 1;
    let lines = 0;
    let readyMs = 0;
    for await (const line of createInterface(child.stdout)) {
      if (line === 'ready') readyMs = performance.now();
      else if (line.startsWith('epoch') && lines === 1) this.#startMs = performance.now() - readyMs;
      if (++lines !== wanted) continue;
      if (victim === 'training') await storedMore(this.#dir, stored, child);
      void end(victim === 'training' ? 300 : this.#startMs);
    }
    await closed;
  }
}

async function storedMore(dir: string, stored: number, child: ChildProcess): Promise<void> {
  while (child.exitCode === null) {
    const run = await openedUnlessNew(dir);
    if (run && (await run.epochs()).length > stored) return;
    await delay(20);
  }
}

async function wrongAfter(dir: string, before: ReadonlyMap<number, string>) {
  const found: string[] = [];
  const run = await openedUnlessNew(dir);
  if (!run) return {found: before.size > 0 ? ['the run is gone'] : [], after: new Map<number, string>()};
  const after = await manifests(run);
  for (const [epoch, digest] of before) {
    if (after.get(epoch) !== digest) found.push(`epoch ${epoch} is ${after.has(epoch) ? 'changed' : 'lost'}`);
  }
  const epochs = [...after.keys()];
  if (epochs.some((epoch, i) => epoch !== i)) found.push(`there is a gap: ${epochs.join(', ')}`);
  const {problems} = await verifyRun(dir);
  found.push(...problems.filter(({kind}) => kind === 'damage').map(({message}) => message));
  return {found, after};
}

/** The digest of the manifest of each finished epoch, which names the digests of its files. */
async function manifests(run: Run): Promise<Map<number, string>> {
  const digests = new Map<number, string>();
  for (const epoch of await run.epochs()) {
    const text = await readFile(join(run.dir, 'activations', `epoch=${epoch}`, '_manifest.json'));
    digests.set(epoch, createHash('sha256').update(text).digest('hex'));
  }
  return digests;
}

/** `undefined` if the very first start was cut short. */
async function openedUnlessNew(dir: string): Promise<Run | undefined> {
  try {
    return await openRun(dir);
  } catch (error) {
    if (error instanceof RunFormatError && error.code === 'not-a-run') return undefined;
    throw error;
  }
}
