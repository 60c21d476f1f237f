import {ProgramError, runProgram} from './run-program.js';

/** Lines of npm's own that say nothing of what went wrong: the code, and where its log lies. */
const ASIDE = /^(code E|errno |A complete log )/;
/** Lines of its reason that are told. */
const MOST_LINES = 3;

/**
 * Runs npm in a folder, without the reports on audit and funding.
 *
 * @throws {Error} in one line with npm's own reason, its cause a {@link ProgramError}.
 * @throws The signal's reason, once npm has ended.
 */
export async function runNpm(
  command: string,
  args: readonly string[],
  {cwd, signal}: {cwd: string; signal?: AbortSignal | undefined},
): Promise<void> {
  try {
    const flags = ['--no-audit', '--no-fund', '--loglevel=error'];
    const shell = process.platform === 'win32'; // where npm is a script
    await runProgram('npm', [command, ...flags, ...args], {cwd, signal, shell});
  } catch (error) {
    signal?.throwIfAborted();
    if (!(error instanceof ProgramError)) throw error;
    throw new Error(`npm ${command} failed: ${reasonOf(error.output) ?? error.message}`, {cause: error});
  }
}

/** What npm says went wrong, of all that it prints. */
function reasonOf(output: string): string | undefined {
  const lines = output
    .split('\n')
    .filter(line => /^npm (error|ERR!)/.test(line))
    .map(line => line.replace(/^npm (error|ERR!) */, '').trim())
    .filter(line => line !== '' && !ASIDE.test(line));
  return lines.length === 0 ? undefined : lines.slice(0, MOST_LINES).join(' ');
}
