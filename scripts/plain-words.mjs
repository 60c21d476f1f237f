// Reports the words that docs/style.md replaces, in sources, tests and documents. Part of `npm run lint`.
//
//   node scripts/plain-words.mjs              the whole project
//   node scripts/plain-words.mjs FILE...      these files
import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const FOLDERS = ['.github', 'bench', 'docs', 'examples', 'reproduce', 'scripts', 'src', 'test'];
/** Text that is not ours to change: the table itself, released notes, recorded runs, generated code. */
const EXEMPT =
  /^(docs\/style\.md|CHANGELOG\.md|test\/fixtures\/|test\/docs\/plain-words\.ts|src\/shared\/notation\/grammar\.js)/;
const CHECKED = /\.(ts|tsx|js|mjs|cjs|css|peggy|md|sh)$/;

/** Reads the word pairs of a style page: each has what to write and the pattern of what not to write. */
export function wordPairs(page) {
  const rows = [...page.matchAll(/^\| (.+?) +\| (.+?) +\| `(.+)` +\|$/gm)];
  if (rows.length === 0) throw new Error('plain-words: docs/style.md has no table of word pairs.');
  return rows.map(([, write, , pattern]) => ({
    write,
    // A Markdown table escapes `|`; a space also matches a line break with the comment sign of the next line.
    pattern: new RegExp(pattern.replaceAll('\\|', '|').replaceAll(' ', '\\s+(?:(?:\\*|//|>)\\s+)?'), 'gu'),
  }));
}

/** Finds the words of `pairs` in a text: `{line, found, write}` of each, in the order of the lines. */
export function findWords(text, pairs) {
  // Splitting keeps line breaks, so both forms of the text count lines alike.
  const split = text
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Za-z])_(?=[A-Za-z])/g, '$1 ')
    .toLowerCase();
  const found = new Map();
  for (const form of [text, split])
    for (const {write, pattern} of pairs)
      for (const match of form.matchAll(pattern)) {
        const line = form.slice(0, match.index).split('\n').length;
        found.set(`${line} ${write}`, {line, found: match[0].replace(/\s+/g, ' '), write});
      }
  return [...found.values()].sort((a, b) => a.line - b.line);
}

function projectFiles() {
  const top = readdirSync(ROOT, {withFileTypes: true}).filter(entry => entry.isFile());
  const inFolders = FOLDERS.flatMap(folder =>
    readdirSync(path.join(ROOT, folder), {withFileTypes: true, recursive: true})
      .filter(entry => entry.isFile())
      .map(entry => path.relative(ROOT, path.join(entry.parentPath ?? entry.path, entry.name))),
  );
  return [...top.map(({name}) => name), ...inFolders];
}

function main(args) {
  const pairs = wordPairs(readFileSync(path.join(ROOT, 'docs/style.md'), 'utf8'));
  const files = args.length > 0 ? args.map(file => path.relative(ROOT, path.resolve(file))) : projectFiles();
  let count = 0;
  for (const file of files) {
    const name = file.split(path.sep).join('/');
    if (EXEMPT.test(name) || !CHECKED.test(name)) continue;
    for (const {line, found, write} of findWords(readFileSync(path.join(ROOT, file), 'utf8'), pairs)) {
      count++;
      console.error(`${name}:${line}  "${found}": write "${write}" (docs/style.md).`);
    }
  }
  if (count > 0) process.exitCode = 1;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) main(process.argv.slice(2));
