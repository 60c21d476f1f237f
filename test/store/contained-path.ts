import {mkdir, symlink, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import {containedPath} from 'cnnslicer/store';
import {temporaryFolder} from '../support/temporary-folder.js';

const OUTSIDE = {name: 'NotContainedError', message: 'A path is outside.'};

test('a folder beside the served one, with a name that begins alike, is outside', async t => {
  const folder = await temporaryFolder(t);
  const [root, sibling] = [join(folder, 'viewer'), join(folder, 'viewer-2')];
  await Promise.all([root, sibling].map(path => mkdir(path)));
  await writeFile(join(sibling, 'secret.txt'), 'secret');
  await writeFile(join(root, 'page.html'), 'page');
  t.is(await containedPath(root, 'page.html'), join(root, 'page.html'));
  for (const path of [
    '../viewer-2/secret.txt',
    '../viewer-2/none',
    '../viewer-2',
    '..',
    '',
    '.',
    'page.html/..',
    '/page.html',
    'C:page.html',
    '..\\page.html',
    'page.html\0',
  ]) {
    await t.throwsAsync(containedPath(root, path), OUTSIDE, path);
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
    await t.throwsAsync(containedPath(root, path), OUTSIDE, path);
  }
});

test('what is not there is missing, also below a file or a ring of links', async t => {
  const root = await temporaryFolder(t);
  await writeFile(join(root, 'page.html'), 'page');
  await symlink('ring', join(root, 'ring'));
  for (const path of ['none', 'none/none', 'page.html/none', 'ring', 'n'.repeat(300)]) {
    await t.throwsAsync(containedPath(root, path), {message: 'A path is missing.'}, path);
  }
});
