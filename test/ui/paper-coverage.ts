import {readFileSync} from 'node:fs';
import test from 'ava';

const page = readFileSync('docs/paper-coverage.md', 'utf8');

/** The rows of the table: figures, interaction, place, test file, title. */
const rows = page
  .split('\n')
  .filter(line => /^\| \d/.test(line))
  .map(line =>
    line
      .split('|')
      .slice(1, -1)
      .map(cell => cell.trim()),
  );

test('every row names a test that exists under this title', t => {
  for (const [, interaction = '', , file = '', title = ''] of rows) {
    const source = readFileSync(file.replaceAll('`', ''), 'utf8');
    const declared = [...source.matchAll(/\btest(?:\.serial)?\(\s*(['"])(.*?)\1,/g)].map(match => match[2]);
    t.true(declared.includes(title), `${interaction}: ${file} has no test "${title}"`);
  }
});

test('every figure from 3 to 15 has a row', t => {
  const figures = new Set(rows.flatMap(([figure = '']) => figure.split(',').map(Number)));
  for (let figure = 3; figure <= 15; figure++) t.true(figures.has(figure), `figure ${figure}`);
});
