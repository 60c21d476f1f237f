import test from 'ava';
import fc from 'fast-check';
import {
  LAYER_MEASURE_NAMES,
  LIMITS,
  completeQuery,
  parseQuery,
  printQuery,
  QueryError,
  type Query,
} from '#src/shared/index.js';

const SEED = 20_200_401;
fc.configureGlobal({seed: SEED});

const index = fc.oneof(fc.nat({max: 40}), fc.nat({max: Number.MAX_SAFE_INTEGER}));
const step = fc.oneof(fc.constant(1), fc.integer({min: 1, max: 1000}));
const range = fc
  .tuple(index, index, step)
  .map(([a, b, step]) => ({from: Math.min(a, b), to: Math.max(a, b), step}));
const name = fc.oneof(
  fc.constantFrom(
    'conv2d_1',
    'block/conv-2.out',
    'pick-up truck',
    'größe 🚚',
    'a..b',
    'a.',
    '-',
    '*',
    '',
    '3',
    '0..9',
  ),
  fc.constantFrom(
    'label',
    'over',
    'y',
    'H',
    'dCNN',
    'mean',
    'epoch',
    'each',
    'all',
    '__proto__',
    'say "hi" \\ \n',
  ),
  fc.string({unit: 'binary'}),
  fc.string({unit: 'grapheme'}),
);

const listOf = <T>(item: fc.Arbitrary<T>) => fc.array(item, {minLength: 1, maxLength: 4});
const indices = fc.oneof(fc.constant('all' as const), listOf(fc.oneof(index, range)));
const classes = fc.oneof(fc.constant('each' as const), listOf(fc.oneof(index, name, range)));
const layerRange = fc.tuple(fc.oneof(index, name), fc.oneof(index, name), step).map(([from, to, step]) => {
  const reversed = typeof from === 'number' && typeof to === 'number' && from > to;
  return reversed ? {from: to, to: from, step} : {from, to, step};
});
const slice = fc.record({
  samples: fc.oneof(
    fc.constant('all' as const),
    fc.record({labels: classes}),
    fc.record({indices: listOf(fc.oneof(index, range))}),
  ),
  layers: fc.oneof(fc.constant('all' as const), listOf(fc.oneof(index, name, layerRange))),
  channels: indices,
  epochs: indices,
});

const finite = fc.double({noNaN: true, noDefaultInfinity: true}).map(value => value + 0); // no negative zero
const interval = fc
  .tuple(finite, finite)
  .map(([a, b]): readonly [number, number] => [Math.min(a, b), Math.max(a, b)]);
const upTo = (max: number, min = 1) => fc.integer({min, max});
const some = {requiredKeys: []};
const valueRange = fc.oneof(fc.constantFrom('layer', 'channel', 'map', 'run'), interval);

const measure = fc.oneof(
  fc.record({
    measure: fc.constant('H'),
    slice,
    options: fc.record({bins: upTo(LIMITS.bins), range: valueRange}, some),
  }),
  fc.record({
    measure: fc.constant('Hx'),
    slice,
    options: fc.record({k: upTo(LIMITS.k), kernel: fc.constantFrom('paper', 'umap')}, some),
  }),
  fc.record({measure: fc.constant('layer'), name: fc.constantFrom(...LAYER_MEASURE_NAMES), slice}),
  fc.record({measure: fc.constantFrom('H(label|y)', 'H(y|label)'), classes, epochs: indices}),
  fc.record({
    measure: fc.constant('C'),
    from: slice,
    to: slice,
    options: fc.record(
      {bins: upTo(LIMITS.capacityBins), permutations: upTo(LIMITS.permutations, 0), seed: index},
      some,
    ),
  }),
);
const {aggregated} = fc.letrec(tie => ({
  aggregated: fc.oneof(
    {depthSize: 'small'},
    measure,
    fc.record({
      aggregate: fc.constantFrom('mean', 'max', 'min', 'std'),
      of: tie('aggregated'),
      over: fc.constantFrom('channel', 'class', 'epoch'),
    }),
  ),
}));
const query = fc
  .oneof(
    {weight: 9, arbitrary: aggregated},
    {weight: 1, arbitrary: fc.record({measure: fc.constant('dCNN'), slice})},
  )
  .map(made => structuredClone(made) as Query); // plain objects, as the parser makes

test('every well-formed query is read back from its printed form, and prints the same again', t => {
  fc.assert(
    fc.property(query, made => {
      const printed = printQuery(made);
      t.deepEqual(parseQuery(printed), made);
      t.is(printQuery(parseQuery(printed)), printed);
    }),
    {numRuns: 2000},
  );
});

/** Cuts, doubles, swaps or overwrites a piece of a valid expression. */
const mutated = fc
  .tuple(
    query.map(printQuery),
    fc.nat(),
    fc.nat({max: 12}),
    fc.oneof(
      fc.constantFrom(...'(){},.:=|*-"“…;0 é', '..', '...', 'over', 'dCNN(', 'label'),
      fc.string({unit: 'binary'}),
    ),
  )
  .map(([text, at, length, piece]) => {
    const start = at % (text.length + 1);
    return text.slice(0, start) + piece + text.slice(start + length);
  });

/** Words and marks of the notation in any order. */
const jumbled = fc
  .array(
    fc.constantFrom(
      'H',
      'Hx',
      'C',
      'R',
      'dCNN',
      'mean',
      'over',
      'label',
      'y',
      '|',
      '(',
      ')',
      '{',
      '}',
      ',',
      '=',
      '..',
      ':',
      '*',
      '-',
      '7',
      '1.5',
      '"a',
      '"a"',
      ' ',
    ),
  )
  .map(words => words.join(''));

const anyText = fc.oneof(mutated, jumbled, fc.string({unit: 'binary'}), query.map(printQuery));

test('any text is either read or refused with one line that points into it and says what to do', t => {
  let refused = 0;
  fc.assert(
    fc.property(anyText, text => {
      try {
        printQuery(parseQuery(text));
      } catch (error) {
        if (!(error instanceof QueryError)) throw error;
        refused += 1;
        const {position, end, message} = error;
        t.true(0 <= position && position <= end && end <= text.length, message);
        t.regex(message, /^column \d+: [^\p{C}\p{Zl}\p{Zp}]+; [^\p{C}\p{Zl}\p{Zp}]+\.$/u);
        t.true(message.startsWith(`column ${position + 1}: `));
      }
    }),
    {numRuns: 5000},
  );
  t.true(refused > 1000);
});

test('a suggestion for any text leads further or to the end', t => {
  fc.assert(
    fc.property(anyText, text => {
      let current = text;
      for (let round = 0; round < 200; round++) {
        try {
          parseQuery(current);
          return;
        } catch (error) {
          const {position, end, suggestion} = error as QueryError;
          if (suggestion === null) return;
          const fixed = current.slice(0, position) + suggestion + current.slice(end);
          t.not(fixed, current);
          current = fixed;
        }
      }
      t.fail(`no end of suggestions: ${text}`);
    }),
    {numRuns: 3000},
  );
});

test('completing never throws, and replaces a part of the text around the cursor', t => {
  fc.assert(
    fc.property(anyText, fc.nat(), (text, at) => {
      const position = at % (text.length + 1);
      for (const {from, to} of completeQuery(text, position)) {
        t.true(0 <= from && from <= position && position <= to && to <= text.length);
      }
    }),
    {numRuns: 3000},
  );
});
