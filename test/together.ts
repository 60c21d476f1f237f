import {readdirSync, readFileSync} from 'node:fs';
import {resolve} from 'node:path';
import {pathToFileURL} from 'node:url';
import test from 'ava';

const list = (pattern: RegExp, files: string[]) => files.flatMap(file => pattern.exec(file)?.[1] ?? []);

/** The files of `test` that a configuration of AVA names, alone or in the entry of a folder, and the folders that have one. */
async function named(name: string): Promise<{named: string[]; folders: string[]; left: string[]}> {
  const {default: config} = (await import(pathToFileURL(resolve(name)).href)) as {default: {files: string[]}};
  const folders = list(/^build\/together\/(.*)\.js$/, config.files);
  const together = folders.flatMap(folder => {
    const entry = readFileSync(`build/together/${folder}.js`, 'utf8');
    const files = JSON.parse(/\[.*\]/.exec(entry)?.[0] ?? '') as string[];
    return files.map(file => `${folder}/${file}.ts`);
  });
  return {
    named: [...together, ...list(/^test\/([^*]*\.ts)$/, config.files)],
    folders,
    left: list(/^!test\/(.*)\/\*\*$/, config.files),
  };
}

test('npm test and npm run test:viewer run every test file once, alone or with its folder', async t => {
  const all = readdirSync('test', {recursive: true, encoding: 'utf8'})
    .map(file => file.replaceAll('\\', '/'))
    .filter(file => file.endsWith('.ts') && !/^(support|long)\//.test(file));
  const [quick, viewer] = [await named('together.config.js'), await named('viewer.config.js')];
  const folders = [...quick.folders, ...viewer.folders];
  t.deepEqual(folders.toSorted(), quick.left.filter(name => !['support', 'long'].includes(name)).toSorted());
  const rest = all.filter(file => !folders.includes(file.split('/')[0] ?? ''));
  t.deepEqual([...quick.named, ...viewer.named, ...rest].toSorted(), all.toSorted());
});
