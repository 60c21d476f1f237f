import {spawn} from 'node:child_process';

export interface ProgramOptions {
  cwd?: string | undefined;
  env?: NodeJS.ProcessEnv;
  /** Aborted: the program is asked to end, and its end is awaited. */
  signal?: AbortSignal | undefined;
  /** Through the system's shell, for a program that is a script on some systems. */
  shell?: boolean;
  /** Shows the program's output as it arrives, for one that has its own progress bar. */
  show?: boolean;
}

/** A program that could not be started, or ended with another code than 0. */
export class ProgramError extends Error {
  override readonly name = 'ProgramError';

  constructor(
    message: string,
    /** Its output, both streams in order of arrival. */
    readonly output: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/**
 * Runs another program to its end.
 *
 * @returns Its standard output; empty if that was shown.
 * @throws {ProgramError} if it cannot be started or fails.
 * @throws The signal's reason, once the program has ended.
 */
export function runProgram(
  program: string,
  args: readonly string[],
  {cwd, env, signal, shell = false, show = false}: ProgramOptions = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    let stdout = '';
    let output = '';
    let failure: Error | undefined;
    const child = spawn(program, args, {
      cwd,
      env: {...process.env, ...env},
      signal,
      shell,
      stdio: ['ignore', ...(show ? (['inherit', 'inherit'] as const) : (['pipe', 'pipe'] as const))],
    });
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => (output += text));
    }
    child.on('error', error => (failure = error));
    // Emitted after `error`, too, and only when the program and its children have stopped writing.
    child.on('close', (code, killedBy) => {
      if (signal?.aborted) reject(signal.reason as Error);
      else if (failure) reject(new ProgramError(`${program}: ${failure.message}`, output, {cause: failure}));
      else if (code === 0) resolve(stdout);
      else reject(new ProgramError(`${program} ended with ${killedBy ?? `exit code ${code}`}.`, output));
    });
  });
}
