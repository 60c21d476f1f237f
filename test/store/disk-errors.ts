import {execFile} from 'node:child_process';
import {chmod, mkdir, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import test from 'ava';
import {RunWriter} from 'cnnslicer/store';
import {probeData, runInfo} from '../support/run-folder.js';
import {temporaryFolder} from '../support/temporary-folder.js';
import {canMount, withSmallDisk} from '../support/small-disk.js';

const run = promisify(execFile);
const CHILD = fileURLToPath(new URL('../support/run-folder-child.js', import.meta.url));

interface Outcome {
  message: string;
  code: string;
  epochs: number[];
}

const diskTest = (await canMount()) ? test : test.skip;

diskTest(
  'a full disk ends writing with one line, and the finished epochs stay [needs unshare and tmpfs]',
  async t => {
    const folder = await temporaryFolder(t);
    // Verified in the same namespace, for the disk is gone afterwards.
    const {stdout} = await withSmallDisk(
      folder,
      '1m',
      '"$2" "$3" try "$1/run" 131072 && "$2" "$3" verify "$1/run"',
      CHILD,
    );
    const [outcome, verified] = stdout
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as unknown);
    const {message, code, epochs} = outcome as Outcome;
    t.is(code, 'ENOSPC');
    t.regex(
      message,
      /^Cannot write .*epoch=\d.*: the disk is full\. Free some space; finished epochs are intact \(ENOSPC\)\.$/,
    );
    t.true(epochs.length >= 3, `${epochs.length} epochs of 128 KiB fit on a disk of 1 MiB`);
    const {ok, intact, problems} = verified as {ok: boolean; intact: number[]; problems: {path: string}[]};
    t.true(ok);
    t.deepEqual(intact, epochs);
    t.false(
      problems.some(problem => problem.path.endsWith('.tmp')),
      'the temp file is removed',
    );
  },
);

diskTest('a read-only disk is named as such [needs unshare and tmpfs]', async t => {
  const folder = await temporaryFolder(t);
  const {stdout} = await withSmallDisk(
    folder,
    '1m',
    'mount -o remount,ro "$1" && "$2" "$3" try "$1/run" 65536',
    CHILD,
  );
  const {message, code} = JSON.parse(stdout) as Outcome;
  t.is(code, 'EROFS');
  t.true(message.endsWith('the file system is read-only. Choose another folder (EROFS).'), message);
});

test('a folder without write permission is named as such', async t => {
  const folder = await temporaryFolder(t);
  await chmod(folder, 0o755);
  const closed = join(folder, 'closed');
  await mkdir(closed);
  await chmod(closed, 0o555);
  const {stdout} = await run(process.execPath, [CHILD, 'unprivileged', join(closed, 'run')]);
  const {message, code} = JSON.parse(stdout) as Outcome;
  t.is(code, 'EACCES');
  t.is(
    message,
    `Cannot write ${join(closed, 'run')}: permission denied. Choose a folder that you may use (EACCES).`,
  );
});

test('a file where the run folder should be is named as such', async t => {
  const path = join(await temporaryFolder(t), 'file');
  await writeFile(path, 'x');
  await t.throwsAsync(RunWriter.create(path, runInfo(), probeData()), {
    message: `Cannot use ${path}: part of the path is a file, not a folder. Choose another folder (ENOTDIR).`,
  });
});
