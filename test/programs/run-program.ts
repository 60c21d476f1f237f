import {readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {setTimeout} from 'node:timers/promises';
import test from 'ava';
import {ProgramError, runNpm, runProgram} from '#src/programs/index.js';
import {temporaryFolder} from '../support/temporary-folder.js';

const node = (script: string, signal?: AbortSignal) =>
  runProgram(process.execPath, ['--eval', script], {signal});

test('it resolves to what the program printed', async t => {
  t.is(await node('console.log(6 * 7)'), '42\n');
});

test('a program that fails or is not there says how, with what it printed', async t => {
  const failed = await t.throwsAsync(node('console.error("no luck"); process.exit(3)'), {
    instanceOf: ProgramError,
    message: /ended with exit code 3\.$/,
  });
  t.is(failed.output, 'no luck\n');
  await t.throwsAsync(runProgram('no-such-program', []), {
    instanceOf: ProgramError,
    message: /^no-such-program: .*ENOENT/,
  });
});

test('an aborted program has ended before its caller hears the reason', async t => {
  const pidFile = join(await temporaryFolder(t), 'pid');
  const script = `
    process.on('SIGTERM', () => setTimeout(process.exit, 50));
    setInterval(() => {}, 1000);
    fs.writeFileSync(${JSON.stringify(pidFile)}, String(process.pid));`;
  const [stop, reason] = [new AbortController(), new Error('enough')];
  const running = node(script, stop.signal);
  let pid = 0;
  for (; pid === 0; pid = Number(await readFile(pidFile, 'utf8').catch(() => 0))) await setTimeout(20);
  stop.abort(reason);
  t.is(await t.throwsAsync(running), reason);
  t.throws(() => process.kill(pid, 0), {code: 'ESRCH'});
});

test("npm's failure is one line with its reason, without its code and the place of its log", async t => {
  const cwd = await temporaryFolder(t);
  await writeFile(join(cwd, 'package.json'), '{"private": true}');
  const error = await t.throwsAsync(runNpm('ci', [], {cwd}));
  t.regex(
    error.message,
    /^npm ci failed: The `npm ci` command can only install with an existing package-lock\.json/,
  );
  t.false(error.message.includes('\n'));
  t.false(/EUSAGE|A complete log/.test(error.message));
});
