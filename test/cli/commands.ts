import {execFileSync, spawn} from 'node:child_process';
import {once} from 'node:events';
import {closeSync, existsSync, openSync} from 'node:fs';
import {cp, mkdir, readFile, readdir, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {text} from 'node:stream/consumers';
import test from 'ava';
import {cnnslicer, demoOnce} from '../support/command.js';
import {temporaryFolder} from '../support/temporary-folder.js';
import {failedPart, writeParts, writeRun} from '../support/written-run.js';

/** Tests leave it as it is. */
const quickDemo = demoOnce();

test('the quick demo trains on real digits, says what it found and where the files are; inspect and verify read it', async t => {
  const {logdir, demo} = await quickDemo();
  t.is(demo.code, 0, demo.stderr);
  t.is(demo.stderr, '');
  t.regex(demo.stdout, /Training on 200 images of MNIST for 2 epochs \(backend wasm\)/);
  t.regex(demo.stdout, /epoch 2\/2 {2}loss \d\.\d{3}/);
  t.regex(demo.stdout, /Accuracy +training \d+\.\d %, validation \d+\.\d %/);
  t.regex(demo.stdout, /conv2d_2 .*\d+\.\d{3} → \d+\.\d{3}/);
  t.true(demo.stdout.includes(join(logdir, 'mnist-20-per-class')));

  const inspect = await cnnslicer('inspect', 'mnist-20-per-class', '--logdir', logdir);
  t.is(inspect.code, 0);
  t.regex(inspect.stdout, /Epochs +0\.\.2 \(/);
  t.regex(inspect.stdout, /conv2d_1 .*Conv2D .*26 x 26/);

  const run = join(await temporaryFolder(t), 'run');
  await cp(join(logdir, 'mnist-20-per-class'), run, {recursive: true});
  t.is((await cnnslicer('verify', run)).code, 0);
  const table = join(run, 'metrics/logs/epoch=1', (await readdir(join(run, 'metrics/logs/epoch=1')))[0]!);
  const bytes = await readFile(table);
  bytes[10]! ^= 1;
  await writeFile(table, bytes);
  const verify = await cnnslicer('verify', run);
  t.is(verify.code, 1);
  t.regex(verify.stdout, /^damage: metrics\/logs\/epoch=1\/part-0\.parquet is damaged: /);
  await rm(table);
  t.is((await cnnslicer('verify', run)).code, 1);
});

/** The examples of the notation, on the layers and epochs of the quick demo; its third class is called 2. */
const QUESTIONS: [expression: string, answer: RegExp][] = [
  ['H(dCNN(label=3, conv2d_1, *, 0..20))', /intra-sample entropy, bits \(bins 32, range layer/],
  ['H(dCNN(*, conv2d_1, 7, 2))', /\b2\b.*\bconv2d_1\b.*\b7\b/],
  ['Hx(dCNN(*, 0, *, 0))', /inter-sample entropy, bits \(k 15, kernel paper/],
  ['Hx(dCNN(label=0, 3..6, *, 0..120:1), k=30)', /kernel paper, probe 256, n 2[56], class 0/],
  ['H(label | y)', /class entropy H\(label \| y\), bits/],
  ['H(y | label)', /class entropy H\(y \| label\), bits/],
  [
    'C(dCNN(*, conv2d_1, *, 2), dCNN(*, conv2d_2, *, 2), bins=32)',
    /channel capacity, bits \(bins 32.*pairs 32640/,
  ],
  ['dCNN(label=6, conv2d_1, 15, 1)', /feature maps .*label 6, shape 26x26/],
  ['mean(H(dCNN(*, {conv2d_1,conv2d_2}, -, *)) over channel)', /mean over channel of intra-sample entropy/],
];

test('query answers the questions of the notation on a demo run, and writes them to files', async t => {
  const {logdir} = await quickDemo();
  const run = join(logdir, 'mnist-20-per-class');
  for (const [expression, answer] of QUESTIONS) {
    const {code, stdout, stderr} = await cnnslicer('query', run, expression);
    t.is(code, 0, stderr);
    t.regex(stdout, answer, expression);
  }
  const csv = await cnnslicer('query', run, 'H(label | y, epoch=2)', '--format', 'csv');
  t.is(csv.stdout.split('\n')[0], 'epoch,class,name,bits,corrected,n,reason');
  const out = join(await temporaryFolder(t), 'capacity.parquet');
  const capacity = 'C(dCNN(*, 1, *, 2), dCNN(*, 2, *, 2))';
  t.regex(
    (await cnnslicer('query', run, capacity, '--format', 'parquet', '--out', out)).stderr,
    /256 rows of channel capacity/,
  );
  t.is((await readFile(out)).subarray(0, 4).toString(), 'PAR1');
  const wrong = await cnnslicer('query', run, 'H(dCNN(*, conv2d_9, *, 0))');
  t.deepEqual(
    [wrong.code, wrong.stderr],
    [1, 'cnnslicer: The run has no layer "conv2d_9". Did you mean conv2d_1?\n'],
  );
  t.is((await cnnslicer('query', run, 'H(dCNN(*, 1, *, 0)')).code, 1);

  const analyzed = await cnnslicer('analyze', run, '--json');
  t.like(JSON.parse(analyzed.stdout), {computed: 3 * 6 + 3 * 5 - 1});
  t.like(JSON.parse((await cnnslicer('analyze', run, '--json')).stdout), {computed: 0});
  const found = await cnnslicer('findings', run);
  t.regex(found.stdout, /^[!-] .*\n {4}confidence: .*\n {4}see: {2}/);
  t.is(found.code, 0);
});

test('inspect and verify name what failed when the run was captured, and --json has the layers aliases', async t => {
  const dir = join(await temporaryFolder(t), 'run');
  const writer = await writeRun(dir, {epochs: [0]});
  for (const epoch of [1, 2]) {
    await writeParts(writer, writer.info, epoch, {failed: [failedPart('table', 'logs')]});
  }
  await writer.close('finished');
  const line = 'epoch 1..2: the table logs could not be stored: The disk was on fire.\n';
  const inspected = await cnnslicer('inspect', dir);
  t.true(inspected.stdout.includes(`\nFAILED      ${line}`), inspected.stdout);
  const verified = await cnnslicer('verify', dir);
  t.is(verified.code, 0);
  t.true(verified.stdout.startsWith(`failed when captured: ${line}intact: epochs 0..2 (`), verified.stdout);
  const json = JSON.parse((await cnnslicer('inspect', dir, '--json')).stdout) as Record<string, unknown>;
  t.deepEqual(json['aliases'], ['input_1', 'conv2d_1', 'dense_1']);
  t.like(json['epochs'], {1: {epoch: 1, failed: [failedPart('table', 'logs')]}});
});

test('wrong usage ends with 2 and a hint, failed work with 1 and one line', async t => {
  const unknown = await cnnslicer('demo', 'imagenet');
  t.is(unknown.code, 2);
  t.regex(unknown.stderr, /Allowed choices are mnist, fashion-mnist, cifar10/);
  t.is((await cnnslicer('demo', '--epochs', '0')).code, 2);
  t.is((await cnnslicer('nonsense')).code, 2);
  const file = await cnnslicer('view', '--logdir', 'package.json');
  t.is(file.code, 2);
  t.regex(file.stderr, /'package\.json' is invalid\. is a file, not a folder\./);
  const two = await cnnslicer('query', 'run', 'H(label | y)', '--format', 'csv', '--json');
  t.is(two.code, 2);
  t.regex(two.stderr, /'--format <format>' cannot be used with option '--json'/);
  const missing = await cnnslicer('inspect', 'no-such-run', '--logdir', await temporaryFolder(t));
  t.is(missing.code, 1);
  t.regex(missing.stderr, /^cnnslicer: .*no-such-run.*\n$/);
  const path = await cnnslicer('query', 'runs/no-such-run', 'H(label | y)');
  t.is(path.stderr, 'cnnslicer: runs/no-such-run is not a run: it has no run.json.\n');
  const name = await cnnslicer('query', 'no-such-run', 'H(label | y)', '--logdir', 'here');
  t.is(name.stderr, 'cnnslicer: here/no-such-run is not a run: it has no run.json.\n');
});

test('an answer that cannot be written is one line, and one whose reader leaves early prints none', async t => {
  const folder = await temporaryFolder(t);
  const ask = ['query', 'test/fixtures/demo-run', 'H(label | y)'];
  const onto = await cnnslicer(...ask, '--format', 'csv', '--out', folder);
  t.is(onto.code, 1);
  t.regex(onto.stderr, /^cnnslicer: Cannot write .*: a folder is where a file should be\..*\(EISDIR\)\.\n$/);
  const into = await cnnslicer(...ask, '--format', 'csv', '--out', join(folder, 'none', 'x.csv'));
  t.regex(into.stderr, /^cnnslicer: Cannot write .*x\.csv: it is not there \(ENOENT\)\.\n$/);

  const file = join(folder, 'answer.csv');
  await writeFile(file, 'an older answer');
  await cnnslicer(...ask, '--format', 'csv', '--out', file);
  t.regex(await readFile(file, 'utf8'), /^epoch,class,name,bits/);
  t.deepEqual(await readdir(folder), ['answer.csv']);
  if (process.platform !== 'win32') {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const [piped] = await Promise.all([
      readFile(pipe, 'utf8'),
      cnnslicer(...ask, '--format', 'csv', '--out', pipe),
    ]);
    t.is(piped, await readFile(file, 'utf8'));
  }

  for (const command of [['verify', 'test/fixtures/demo-run'], ask]) {
    const child = spawn(process.execPath, ['dist/bundled/cnnslicer.js', ...command], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.destroy();
    t.is(await text(child.stderr), '', command[0]);
  }
});

test.serial('a full disk behind the output is one line', async t => {
  if (!existsSync('/dev/full')) return t.pass();
  for (const command of ['inspect', 'verify']) {
    const full = openSync('/dev/full', 'w');
    const args = ['dist/bundled/cnnslicer.js', command, 'test/fixtures/demo-run'];
    const child = spawn(process.execPath, args, {stdio: ['ignore', full, 'pipe']});
    closeSync(full);
    t.regex(await text(child.stderr!), /^cnnslicer: Cannot write the output: the disk is full\..*\n$/);
    t.is(child.exitCode ?? (await once(child, 'exit'))[0], 1);
  }
});

test('a name that no run has is answered by the nearest that one has', async t => {
  const logdir = await temporaryFolder(t);
  for (const name of ['shapes', 'digits']) {
    await mkdir(join(logdir, name));
    await writeFile(join(logdir, name, 'run.json'), '{}');
  }
  for (const command of ['inspect', 'verify', 'findings', 'analyze']) {
    const {code, stderr} = await cnnslicer(command, 'shpes', '--logdir', logdir);
    t.is(code, 1);
    t.is(stderr, `cnnslicer: ${logdir} holds no run "shpes". Did you mean shapes?\n`);
  }
  const file = await cnnslicer('inspect', 'shpes', '--logdir', join(logdir, 'shapes', 'run.json'));
  t.is(file.code, 2);
  t.regex(file.stderr, /shapes\/run\.json' is invalid\. is a file, not a folder\.\n/);
});

test('the pages that help texts name are there, also for who is in another folder', async t => {
  const pages = {query: 'query', findings: 'findings', verify: 'run-folder', 'install-native': 'native'};
  for (const [command, page] of Object.entries(pages)) {
    const {stdout} = await cnnslicer(command, '--help');
    t.regex(stdout, new RegExp(` docs/${page}\\.md\\n`), command);
  }
  const main = resolve('dist/bundled/cnnslicer.js');
  const stdout = execFileSync(process.execPath, [main, 'query', '--help'], {cwd: tmpdir(), encoding: 'utf8'});
  const named = /Full reference: (.*)\n/.exec(stdout)?.[1] ?? '';
  t.is(await readFile(resolve(tmpdir(), named), 'utf8'), await readFile('docs/query.md', 'utf8'));
});

test('every command explains itself with examples', async t => {
  for (const command of ['demo', 'view', 'analyze', 'findings', 'inspect', 'verify']) {
    const {code, stdout} = await cnnslicer(command, '--help');
    t.is(code, 0);
    t.regex(stdout, new RegExp(`Examples:\\n {2}\\$ cnnslicer ${command}`));
  }
});
