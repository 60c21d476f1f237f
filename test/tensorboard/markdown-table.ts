import {markdownTable} from 'cnnslicer/tensorboard';
import test from 'ava';
import {python, pythonTest} from '../support/python.js';

test('a table has a line for its head, one that makes it a table, and one a row', t => {
  t.is(markdownTable(['a', 'b'], [['1', '2']]), '| a | b |\n| --- | --- |\n| 1 | 2 |');
  t.is(markdownTable(['a'], []), '| a |\n| --- |');
});

pythonTest('bars within cells, bare or in code, are shown by TensorBoard as they are', async t => {
  const program = `
import sys
from tensorboard import plugin_util
print(plugin_util.markdown_to_safe_html(sys.argv[1]))`;
  const html = await python(
    '-c',
    program,
    markdownTable(['what', 'query'], [['H(a | b)', '`H(label | y)` | x']]),
  );
  const cells = [...html.matchAll(/<td>(.*)<\/td>/g)].map(([, cell]) => cell);
  t.deepEqual(cells, ['H(a | b)', '<code>H(label | y)</code> | x']);
});
