import test from 'ava';
import {completeQuery, parseQuery, type Completion} from '#src/shared/index.js';

/** Completions at the `^` in a text, as `kind:text`. */
function offered(marked: string): string[] {
  return completions(marked).map(({kind, text}) => `${kind}:${text}`);
}

function completions(marked: string): Completion[] {
  const position = marked.indexOf('^');
  return completeQuery(marked.replace('^', ''), position);
}

const CASES: [marked: string, offered: string[]][] = [
  [
    '^',
    [
      ...['function:H(', 'function:Hx(', 'function:C(', 'function:R(', 'function:dCNN('],
      ...['aggregate:mean(', 'aggregate:max(', 'aggregate:min(', 'aggregate:std('],
    ],
  ],
  ['h^', ['function:H(', 'function:Hx(']],
  ['H(^', ['function:dCNN(', 'function:label | y', 'function:y | label']],
  ['C(dCNN(*, 1, *, 2), ^', ['function:dCNN(']],
  ['mean(m^', ['aggregate:mean(', 'aggregate:max(', 'aggregate:min(']],
  ['mean(H(label | y) ^', ['axis:over ']],
  ['mean(H(label | y) over c^', ['axis:channel', 'axis:class']],
  ['dCNN(^', ['sample:label=', 'sample:', 'value:*']],
  ['dCNN(label=^', ['class:', 'value:*']],
  ['dCNN(label={0, ^', ['class:']],
  ['dCNN(*, ^', ['layer:', 'value:*']],
  ['dCNN(*, conv2d_1..^', ['layer:']],
  ['dCNN(*, 1, ^', ['channel:', 'value:*']],
  ['dCNN(*, 1, *, 0..2^', ['epoch:']],
  ['H(dCNN(*, 1, *, 0), ^', ['option:bins=', 'option:range=']],
  ['H(dCNN(*, 1, *, 0), bins = 8, ^', ['option:range=']],
  ['H(dCNN(*, 1, *, 0), range=^', ['value:layer', 'value:channel', 'value:map', 'value:run']],
  ['Hx(dCNN(*, 1, *, 0), kernel=u^', ['value:umap']],
  ['H(label | ^', ['value:y']],
  ['H(label | y=^', ['class:', 'value:*']],
  ['H(label | y, ^', ['option:epoch=']],
  ['H(label | y)^', []],
  ['dCNN(*, two words, ^', []],
];

for (const [marked, expected] of CASES) {
  test(`at ${marked} an editor may offer ${expected.join('  ') || 'nothing'}`, t => {
    t.deepEqual(offered(marked), expected);
  });
}

test('the word, or the quoted name, around the cursor is replaced', t => {
  const replaced = (marked: string) => {
    const [first] = completions(marked);
    return first && marked.replace('^', '').slice(first.from, first.to);
  };
  t.is(replaced('dCNN(*, con^v2d_1, *, 0)'), 'conv2d_1');
  t.is(replaced('dCNN(*, a.b^, *, 0)'), 'a.b');
  t.is(replaced('dCNN(*, con^v..dense, *, 0)'), 'conv');
  t.is(replaced('dCNN(*, conv..den^se, *, 0)'), 'dense');
  t.is(replaced('dCNN(*, "my la^yer (1)", *, 0)'), '"my layer (1)"');
  t.is(replaced('dCNN(*, "my la^, *, 0)'), '"my la');
  t.is(replaced('H(dCNN(*, "a, b", *, 0), bi^)'), 'bi');
});

test('a range that runs backwards before the cursor does not end the help', t => {
  t.deepEqual(offered('dCNN(*, 1, 9..3, ^'), ['epoch:', 'value:*']);
});

test('following the first offer at every turn, slots filled with 0, writes a question', t => {
  let text = '';
  for (const mark of ['', '', '', '', ', ', ', ', ', ', '), ', '']) {
    text += mark;
    const [completion] = completeQuery(text, text.length);
    if (completion) text = text.slice(0, completion.from) + (completion.text || '0');
  }
  t.is(text, 'H(dCNN(label=0, 0, 0, 0), bins=32');
  t.notThrows(() => parseQuery(`${text})`));
});
