import {readdirSync, readFileSync} from 'node:fs';
import {dirname, join, normalize} from 'node:path';
import test from 'ava';
import ts from 'typescript';

const SOURCE = /\.tsx?$/;
const sources = readdirSync('src', {recursive: true, encoding: 'utf8'})
  .filter(path => SOURCE.test(path) && !path.endsWith('.d.ts') && !path.endsWith('.d.css.ts'))
  .map(path => join('src', path));

/** The files of src that each file imports, types included. */
const imports = new Map(sources.map(path => [path, importsOf(path)]));

test('no two files import each other, types included, over any number of files', t => {
  t.true([...imports.values()].flat().length > sources.length, 'imports are found');
  t.deepEqual(circles(imports), []);
});

test('no two folders import each other, those of the viewer included', t => {
  const folders = new Map<string, string[]>();
  for (const [path, targets] of imports) {
    const others = targets.map(folderOf).filter(folder => folder !== folderOf(path));
    folders.set(folderOf(path), [...(folders.get(folderOf(path)) ?? []), ...others]);
  }
  t.true(folders.size > 20);
  t.deepEqual(circles(folders), []);
});

test('a circle is found', t => {
  t.deepEqual(circles(new Map([['a', ['b']], ['b', ['c']], ['c', ['b']]])), [['b', 'c', 'b']]); // prettier-ignore
});

test('the capture reaches files, threads and the process only through its host', t => {
  for (const path of sources.filter(path => /^src\/(capture|model|shared)\//.test(path)))
    t.deepEqual(
      namesIn(path).filter(name => name.startsWith('node:')),
      [],
      path,
    );
});

function namesIn(path: string): string[] {
  return ts.preProcessFile(readFileSync(path, 'utf8')).importedFiles.map(({fileName}) => fileName);
}

function importsOf(path: string): string[] {
  return namesIn(path).flatMap(name => {
    if (!name.startsWith('.')) return [];
    const target = normalize(join(dirname(path), name)).replace(/\.js$/, '');
    return [`${target}.ts`, `${target}.tsx`].filter(file => sources.includes(file));
  });
}

/** The viewer's folders count one by one, as any other. */
function folderOf(path: string): string {
  const [, top = '', below = ''] = path.split('/');
  return top === 'ui' && !SOURCE.test(below) ? `${top}/${below}` : top;
}

/** One circle for each arrow that closes one, from its first node back to it. */
function circles(arrows: ReadonlyMap<string, readonly string[]>): string[][] {
  const found: string[][] = [];
  const done = new Set<string>();
  const walk = (node: string, path: readonly string[]) => {
    if (path.includes(node)) return void found.push([...path.slice(path.indexOf(node)), node]);
    if (done.has(node)) return;
    for (const next of new Set(arrows.get(node))) walk(next, [...path, node]);
    done.add(node);
  };
  for (const node of arrows.keys()) walk(node, []);
  return found;
}
