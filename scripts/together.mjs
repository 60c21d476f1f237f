import {existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';

/**
 * Makes the file that AVA runs for a folder of tests, so that its files share one process: starting one costs more than
 * most files. Which files there are is read from the folder, so no test has to be listed anywhere.
 *
 * @param {string} folder In `test`.
 * @param {readonly string[]} [ownProcess] Files of `test` that are not among them.
 * @returns {string} Its path.
 */
export function together(folder, ownProcess = []) {
  const files = readdirSync(join('test', folder), {recursive: true})
    .map(file => file.replaceAll('\\', '/'))
    .filter(file => file.endsWith('.ts') && !ownProcess.includes(`${folder}/${file}`))
    .map(file => file.slice(0, -'.ts'.length))
    .sort();
  const path = `build/together/${folder}.js`;
  const code =
    `import {runTogether} from '../test/support/together/run-together.js';\n` +
    `await runTogether('build/test/${folder}', ${JSON.stringify(files)});\n`;
  mkdirSync('build/together', {recursive: true});
  if (!existsSync(path) || readFileSync(path, 'utf8') !== code) writeFileSync(path, code);
  return path;
}
