import {ProgramError, runProgram} from './run-program.js';

/** Lines of npm that do not describe the error: the code, and the path of its log. */
const ASIDE = /^(code E|errno |A complete log )/;
/** Maximum number of lines of its reason that are reported. */
const MAX_LINES = 3;

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

/** Extracts the error from npm's output. */
function reasonOf(output: string): string | undefined {
  const lines = output
    .split('\n')
    .filter(line => /^npm (error|ERR!)/.test(line))
    .map(line => line.replace(/^npm (error|ERR!) */, '').trim())
    .filter(line => line !== '' && !ASIDE.test(line));
  return lines.length === 0 ? undefined : lines.slice(0, MAX_LINES).join(' ');
}
