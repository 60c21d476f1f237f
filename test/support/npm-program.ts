import {execFile} from 'node:child_process';
import test from 'ava';

interface Outcome {
  code: unknown;
  stdout: string;
  stderr: string;
}

function run(path: string, ...flags: string[]): Promise<Outcome> {
  return new Promise(resolve => {
    execFile(process.execPath, [path, ...flags], (error, stdout, stderr) =>
      resolve({code: error?.code ?? 0, stdout, stderr}),
    );
  });
}

/** Declares the test of a program of `npm run`, given its name, its file, and a flag that it does not take in this form. */
export function testProgram(name: string, path: string, wrong: string): void {
  test(`npm run ${name} explains itself with examples, and says in one line what it does not take`, async t => {
    t.timeout(170_000); // some load TensorFlow.js, or all that is measured
    const help = await run(path, '--help');
    t.is(help.code, 0, help.stderr);
    t.true(help.stdout.includes(`Examples:\n  $ npm run ${name}`), help.stdout);
    for (const flag of [wrong, '--no-such-flag']) {
      const {code, stderr} = await run(path, flag);
      t.is(code, 2, stderr);
      t.regex(stderr, /^error: [^\n]+\n$/);
    }
  });
}
