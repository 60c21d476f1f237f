import {spawn} from 'node:child_process';

/** Tests that hang with a fault have noticed it. */
const LIMIT_MS = 180_000;

/**
 * Runs test files of a project, as a group of processes that ends with it.
 *
 * @param {string} cwd - The project.
 * @param {string[]} tests
 * @param {Record<string, string>} [environment]
 * @returns {Promise<boolean>} whether they pass.
 */
export async function passTests(cwd, tests, environment = {}) {
  const ava = spawn(
    process.execPath,
    ['node_modules/ava/entrypoints/cli.mjs', '--fail-fast', '--timeout=60s', ...tests],
    {cwd, env: {...process.env, ...environment, CI: '1'}, stdio: 'ignore', detached: true},
  );
  const limit = setTimeout(() => end(ava), LIMIT_MS);
  const code = await new Promise(resolve => ava.once('exit', resolve));
  clearTimeout(limit);
  end(ava); // what its processes left behind
  return code === 0;
}

function end({pid}) {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}
