import {readdirSync, readFileSync} from 'node:fs';
import {resolve} from 'node:path';
import {pathToFileURL} from 'node:url';
import test from 'ava';

const list = (pattern: RegExp, files: string[]) => files.flatMap(file => pattern.exec(file)?.[1] ?? []);

test('npm test runs every test file once, alone or with its folder', async t => {
  const all = readdirSync('test', {recursive: true, encoding: 'utf8'})
    .map(file => file.replaceAll('\\', '/'))
    .filter(file => file.endsWith('.ts') && !/^(support|long)\//.test(file));
  const {default: config} = (await import(pathToFileURL(resolve('together.config.js')).href)) as {
    default: {files: string[]};
  };
  const folders = list(/^build\/together\/(.*)\.js$/, config.files);
  t.deepEqual(
    folders.toSorted(),
    list(/^!test\/(.*)\/\*\*$/, config.files).filter(name => !['support', 'long'].includes(name)),
  );
  const together = folders.flatMap(folder => {
    const entry = readFileSync(`build/together/${folder}.js`, 'utf8');
    const files = JSON.parse(/\[.*\]/.exec(entry)?.[0] ?? '') as string[];
    return files.map(file => `${folder}/${file}.ts`);
  });
  const own = list(/^test\/([^*]*\.ts)$/, config.files);
  const rest = all.filter(file => !folders.includes(file.split('/')[0] ?? ''));
  t.deepEqual([...together, ...own, ...rest].toSorted(), all.toSorted());
});
