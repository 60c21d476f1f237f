import {spawn} from 'node:child_process';

/**
 * Runs test files of a project, as a group of processes that ends with it.
 *
 * @param {string} cwd - The project.
 * @param {string[]} tests
 * @param {{environment?: Record<string, string>, limitMs: number}} options
 * @returns {Promise<'passed' | 'failed' | 'too late'>}
 */
export async function runTests(cwd, tests, {environment = {}, limitMs}) {
  const ava = spawn(process.execPath, ['node_modules/ava/entrypoints/cli.mjs', '--fail-fast', ...tests], {
    cwd,
    env: {...process.env, ...environment, CI: '1'},
    stdio: 'ignore',
    detached: true,
  });
  let tooLate = false;
  const limit = setTimeout(() => {
    tooLate = true;
    end(ava);
  }, limitMs);
  const code = await new Promise(resolve => ava.once('exit', resolve));
  clearTimeout(limit);
  end(ava); // what its processes left behind
  if (tooLate) return 'too late';
  return code === 0 ? 'passed' : 'failed';
}

function end({pid}) {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}
