import {readdirSync, readFileSync} from 'node:fs';
import {resolve} from 'node:path';
import {pathToFileURL} from 'node:url';
import test from 'ava';

/** The files of `test` that a configuration of AVA runs, which are named there alone, in the entry of a folder, or by folder. */
async function filesOf(name: string, all: readonly string[]): Promise<string[]> {
  const {default: config} = (await import(pathToFileURL(resolve(name)).href)) as {default: {files: string[]}};
  const list = (pattern: RegExp) => config.files.flatMap(file => pattern.exec(file)?.[1] ?? []);
  const together = list(/^build\/together\/(.*)\.js$/).flatMap(folder => {
    const entry = readFileSync(`build/together/${folder}.js`, 'utf8');
    const files = JSON.parse(/\[.*\]/.exec(entry)?.[0] ?? '') as string[];
    return files.map(file => `${folder}/${file}.ts`);
  });
  const excluded = list(/^!test\/(.*)\/\*\*$/);
  const every = config.files.includes('test/**/*.ts');
  const folders = list(/^test\/\{?([^{}*]*)\}?\/\*\*\/\*\.ts$/).flatMap(names => names.split(','));
  const inFolders = all.filter(file => {
    const [folder = ''] = file.split('/');
    return folders.includes(folder) || (every && !excluded.includes(folder));
  });
  return [...together, ...list(/^test\/([^*]*\.ts)$/), ...inFolders];
}

test('npm test, npm run test:training and npm run test:viewer run every test file once', async t => {
  const all = readdirSync('test', {recursive: true, encoding: 'utf8'})
    .map(file => file.replaceAll('\\', '/'))
    .filter(file => file.endsWith('.ts') && !/^(support|long)\//.test(file));
  const configs = ['together.config.js', 'training.config.js', 'viewer.config.js'];
  const run = await Promise.all(configs.map(name => filesOf(name, all)));
  t.deepEqual(run.flat().toSorted(), all.toSorted());
});
