import {mkdir, symlink, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import {containedPath} from '#src/server/contained-path.js';
import {temporaryFolder} from '../support/run-folder.js';

test('a folder beside the served one, with a name that begins alike, is outside', async t => {
  const folder = await temporaryFolder(t);
  const [root, sibling] = [join(folder, 'viewer'), join(folder, 'viewer-2')];
  await Promise.all([root, sibling].map(path => mkdir(path)));
  await writeFile(join(sibling, 'secret.txt'), 'secret');
  await writeFile(join(root, 'page.html'), 'page');
  t.is(await containedPath(root, 'page.html'), join(root, 'page.html'));
  t.is(await containedPath(root, ''), root);
  for (const path of ['../viewer-2/secret.txt', '../viewer-2/none', '../viewer-2', '..']) {
    await t.throwsAsync(containedPath(root, path), {message: /leads out of the served folder/}, path);
  }
});

test('a link that leads out is outside, one that stays within is followed', async t => {
  const folder = await temporaryFolder(t);
  const [root, sibling] = [join(folder, 'viewer'), join(folder, 'viewer-2')];
  await Promise.all([root, sibling].map(path => mkdir(path)));
  await writeFile(join(sibling, 'secret.txt'), 'secret');
  await writeFile(join(root, 'page.html'), 'page');
  await symlink(sibling, join(root, 'folder'));
  await symlink(join(sibling, 'secret.txt'), join(root, 'file'));
  await symlink('page.html', join(root, 'alias'));
  t.is(await containedPath(root, 'alias'), join(root, 'page.html'));
  for (const path of ['folder', 'folder/secret.txt', 'file']) {
    await t.throwsAsync(containedPath(root, path), {message: /leads out of the served folder/}, path);
  }
});
