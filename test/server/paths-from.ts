import {symlink} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import {pathsFrom} from '#src/server/paths-from.js';
import {temporaryFolder} from '../support/temporary-folder.js';

test('paths below a folder are made relative to it, also by the folder’s real path', async t => {
  const folder = await temporaryFolder(t);
  const link = `${folder}-link`;
  await symlink(folder, link);
  const shown = pathsFrom(link, 'the log directory');
  for (const root of [folder, link]) {
    t.is(
      shown(`${join(root, 'a/run.json')} is damaged, see ${root}.`),
      'a/run.json is damaged, see the log directory.',
    );
  }
  t.is(shown('/elsewhere/a is damaged.'), '/elsewhere/a is damaged.');
});

test('below the root of the disk, paths stay what they are', t => {
  t.is(pathsFrom('/', 'the log directory')('/a/run.json is damaged.'), '/a/run.json is damaged.');
});

test('a folder that is not there yet has its path', t => {
  t.is(pathsFrom('/not/there', 'the log directory')('/not/there/a'), 'a');
});
