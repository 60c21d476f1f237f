import {execFile} from 'node:child_process';
import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {promisify} from 'node:util';
import test from 'ava';
import {temporaryFolder} from '../support/temporary-folder.js';

/** Runs the check of docs/style.md on one file with this text; what it prints, empty if it passes. */
async function checked(path: string, text: string): Promise<string> {
  await writeFile(path, text);
  return promisify(execFile)(process.execPath, ['scripts/plain-words.mjs', path]).then(
    () => '',
    ({stderr}: {stderr: string}) => stderr,
  );
}

test('a word that the style page replaces is reported with its line and what to write', async t => {
  const path = join(await temporaryFolder(t), 'planted.ts');
  const report = await checked(path, 'const a = 1;\n// Returns what came.\n');
  t.regex(report, /planted\.ts:2 {2}"came": write "received, arrived" \(docs\/style\.md\)\.\n$/);
});

test('words are found in identifiers, in strings and over the lines of a comment', async t => {
  const path = join(await temporaryFolder(t), 'planted.ts');
  for (const text of [
    'const toldOnce = 1;',
    'const MOST_CHANNELS = 1;',
    "throw new Error('Nobody is here.'.replace('N', 'n')); const a = 'nobody';",
    '/**\n * A folder of\n * its own.\n */',
    '// one in place\n// of another',
  ])
    t.regex(await checked(path, text), /: write "/, text);
});

test('words that merely look alike pass', async t => {
  const path = join(await temporaryFolder(t), 'plain.ts');
  const text = [
    'const camera = "became"; // at most three, almost; dearth, amend, bystander',
    '// `d` stands for a distance, and a pair stands out: it is put in its place.',
    'const almostEqual = utmost;',
  ].join('\n');
  t.is(await checked(path, text), '');
});
