import {spawn} from 'node:child_process';
import {chmod, cp, mkdir, readdir, rm} from 'node:fs/promises';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {seededRandom} from '#src/shared/index.js';
import {HOSTILE_CHANGES, pick} from './hostile-changes.js';
import {writeTinyRun} from './tampered-run.js';

const CHILD = fileURLToPath(new URL('./hostile-child.js', import.meta.url));
const IN_A_FOLDER = 20;

export interface HostileOptions {
  /** How many run folders to make. */
  count: number;
  seed: number;
  /** How long one run may take until it counts as hung. */
  patienceMs?: number;
  tell?: (line: string) => void;
}

/**
 * Makes hostile run folders, a good one after each twenty, and runs every query on them in a separate process.
 *
 * @param folder - Empty; what is made in it is removed again but for this folder.
 * @returns One line for each that took the process down, kept it busy, was not reported in one line, wrote outside, or took
 *   the good one along.
 */
export async function hostileRuns(
  folder: string,
  {count, seed, patienceMs = 120_000, tell = () => undefined}: HostileOptions,
): Promise<string[]> {
  const random = seededRandom(seed);
  const failures: string[] = [];
  await chmod(folder, 0o755);
  const [good, outside] = [join(folder, 'good'), join(folder, 'outside')];
  await writeTinyRun(good);
  for (let first = 0; first < count; first += IN_A_FOLDER) {
    await mkdir(outside);
    await chmod(outside, 0o777);
    const logdir = join(folder, 'logdir');
    await cp(good, join(logdir, 'good'), {recursive: true});
    const made = new Map<string, string>();
    for (let i = first; i < Math.min(count, first + IN_A_FOLDER); i++) {
      const id = `run${i}`;
      await cp(good, join(logdir, id), {recursive: true});
      const changes = Array.from({length: 1 + Math.floor(2 * random())}, () =>
        pick(random, Object.keys(HOSTILE_CHANGES)),
      );
      for (const change of changes) {
        // A second change may find nothing left to change.
        await HOSTILE_CHANGES[change]?.(join(logdir, id), random, outside).catch(() => undefined);
      }
      made.set(id, `${id} (seed ${seed}): ${changes.join(', ')}`);
    }
    const found = await askAll(logdir, made, patienceMs);
    if ((await readdir(outside)).length > 0) found.push(`${[...made.values()].join('; ')}: wrote outside`);
    for (const line of found) tell(line);
    failures.push(...found);
    tell(`${Math.min(count, first + IN_A_FOLDER)} of ${count}`);
    await rm(logdir, {recursive: true, force: true});
    await rm(outside, {recursive: true, force: true});
  }
  return failures;
}

interface Line {
  begin?: string;
  end?: string;
  answered?: number;
  said?: string[];
}

/** Asks all runs of a folder; one that takes the process down is removed, and the rest is asked again. */
async function askAll(
  logdir: string,
  made: ReadonlyMap<string, string>,
  patienceMs: number,
): Promise<string[]> {
  await chmod(logdir, 0o777);
  for (;;) {
    const {lines, problem} = await ask(logdir, patienceMs);
    const failures = lines.flatMap(line => judge(line, made));
    if (problem === undefined) {
      const seen = new Set(lines.flatMap(({end}) => end ?? []));
      if (!seen.has('good'))
        failures.push(`the good run beside ${[...made.values()].join('; ')} was not listed`);
      return failures;
    }
    const last = lines.at(-1)?.begin;
    if (last === undefined) return [...failures, `${[...made.values()].join('; ')}: ${problem}`];
    await rm(join(logdir, last), {recursive: true, force: true});
    return [
      ...failures,
      `${made.get(last) ?? last}: ${problem}`,
      ...(await askAll(logdir, made, patienceMs)),
    ];
  }
}

function judge({end, answered = 0, said = []}: Line, made: ReadonlyMap<string, string>): string[] {
  if (end === undefined) return [];
  if (end === 'good') return said.length > 0 ? [`the good run: ${said[0]}`] : [];
  const odd = said.find(
    message =>
      message.includes('\n') ||
      /call stack|heap|(of|is) undefined|undefined is not|is not a function|Invalid (string|array|typed)/.test(
        message,
      ),
  );
  if (odd !== undefined) return [`${made.get(end) ?? end}: said ${JSON.stringify(odd.slice(0, 300))}`];
  return answered + said.length === 0 ? [`${made.get(end) ?? end}: said nothing`] : [];
}

/** Runs the child until it ends, or one run takes too long. */
async function ask(logdir: string, patienceMs: number): Promise<{lines: Line[]; problem?: string}> {
  const child = spawn(process.execPath, ['--max-old-space-size=1024', CHILD, logdir], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, errors, late] = ['', '', false];
  let timer: NodeJS.Timeout | undefined;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      late = true;
      child.kill('SIGKILL');
    }, patienceMs);
  };
  wait();
  child.stdout.on('data', (text: Buffer) => {
    out += text.toString();
    wait();
  });
  child.stderr.on('data', (text: Buffer) => (errors += text.toString()));
  const status = await new Promise(resolve => child.on('close', (code, signal) => resolve(code ?? signal)));
  clearTimeout(timer);
  const lines = out
    .split('\n')
    .filter(line => line.endsWith('}'))
    .map(line => JSON.parse(line) as Line);
  if (late) return {lines, problem: `took longer than ${patienceMs / 1000} s`};
  if (status !== 0)
    return {lines, problem: `took the process down: ${String(status)} ${errors.slice(0, 300)}`};
  return {lines};
}
