import test from 'ava';
import {parseQuery, printQuery, type Query} from '#src/shared/index.js';

const all = {samples: 'all', layers: 'all', channels: 'all', epochs: 'all'} as const;

const CASES: [text: string, query: Query][] = [
  [
    'H(dCNN(label=3, conv2d_1, *, 0..20))',
    {
      measure: 'H',
      slice: {
        samples: {labels: [3]},
        layers: ['conv2d_1'],
        channels: 'all',
        epochs: [{from: 0, to: 20, step: 1}],
      },
      options: {},
    },
  ],
  [
    'H(dCNN(*, conv2d_1, 7, 12), range=-1.5..2, bins=16)',
    {
      measure: 'H',
      slice: {samples: 'all', layers: ['conv2d_1'], channels: [7], epochs: [12]},
      options: {bins: 16, range: [-1.5, 2]},
    },
  ],
  [
    'Hx(dCNN(label=0, 3..7, -, 0..120:20), k=30, kernel=umap)',
    {
      measure: 'Hx',
      slice: {
        samples: {labels: [0]},
        layers: [{from: 3, to: 7, step: 1}],
        channels: 'all',
        epochs: [{from: 0, to: 120, step: 20}],
      },
      options: {k: 30, kernel: 'umap'},
    },
  ],
  ['H(label | y)', {measure: 'H(label|y)', classes: 'each', epochs: 'all'}],
  ['H(y | label=*, epoch=-)', {measure: 'H(y|label)', classes: 'each', epochs: 'all'}],
  [
    'H(label | y={1,2}, epoch=0..20)',
    {measure: 'H(label|y)', classes: [1, 2], epochs: [{from: 0, to: 20, step: 1}]},
  ],
  [
    'C(dCNN(*, conv2d_1, *, 100), dCNN(*, conv2d_2, *, 100), seed=1, permutations=20, bins=256)',
    {
      measure: 'C',
      from: {...all, layers: ['conv2d_1'], epochs: [100]},
      to: {...all, layers: ['conv2d_2'], epochs: [100]},
      options: {bins: 256, permutations: 20, seed: 1},
    },
  ],
  [
    'dCNN(label=6, conv2d_1, 23, 80)',
    {
      measure: 'dCNN',
      slice: {samples: {labels: [6]}, layers: ['conv2d_1'], channels: [23], epochs: [80]},
    },
  ],
  [
    'max(mean(H(label | y) over class) over epoch)',
    {
      aggregate: 'max',
      of: {aggregate: 'mean', of: {measure: 'H(label|y)', classes: 'each', epochs: 'all'}, over: 'class'},
      over: 'epoch',
    },
  ],
];

for (const [text, query] of CASES) {
  test(`${text} is read`, t => {
    t.deepEqual(parseQuery(text), query);
  });
}

const SLICES: [text: string, slice: object][] = [
  ['*, *, *, *', all],
  ['-,-,-,-', all],
  ['label=*, *, *, *', {...all, samples: {labels: 'each'}}],
  ['label={0,1}, *, *, *', {...all, samples: {labels: [0, 1]}}],
  ['label=0..9, *, *, *', {...all, samples: {labels: [{from: 0, to: 9, step: 1}]}}],
  ['label=truck, *, *, *', {...all, samples: {labels: ['truck']}}],
  ['label="pick-up truck", *, *, *', {...all, samples: {labels: ['pick-up truck']}}],
  ['label="3", *, *, *', {...all, samples: {labels: ['3']}}],
  ['5, *, *, *', {...all, samples: {indices: [5]}}],
  ['{1,4..8:2}, *, *, *', {...all, samples: {indices: [1, {from: 4, to: 8, step: 2}]}}],
  ['*, {conv2d_1, 3..7}, *, *', {...all, layers: ['conv2d_1', {from: 3, to: 7, step: 1}]}],
  ['*, conv2d_1..dense_2:2, *, *', {...all, layers: [{from: 'conv2d_1', to: 'dense_2', step: 2}]}],
  ['*, conv2d_1..9, *, *', {...all, layers: [{from: 'conv2d_1', to: 9, step: 1}]}],
  ['*, a.b..c/d.e-f, *, *', {...all, layers: [{from: 'a.b', to: 'c/d.e-f', step: 1}]}],
  ['*, "my \\"layer\\" (1)\\u0021", *, *', {...all, layers: ['my "layer" (1)!']}],
  ['*, label, *, *', {...all, layers: ['label']}],
  ['*, over, *, *', {...all, layers: ['over']}],
  ['*, "", *, *', {...all, layers: ['']}],
  ['*, *, {3}, 007', {...all, channels: [3], epochs: [7]}],
];

for (const [text, slice] of SLICES) {
  test(`dCNN(${text}) is read`, t => {
    t.deepEqual(parseQuery(`dCNN(${text})`), {measure: 'dCNN', slice} as Query);
  });
}

test('white space is free, also the kinds that come with pasted text', t => {
  const spaced =
    ' \u00a0C ( dCNN\t( label = { 1 , 2 .. 4 : 2 } , a .. b , - , * )\n,dCNN(*,1,*,2),bins = 8 ) \ufeff';
  t.is(printQuery(parseQuery(spaced)), 'C(dCNN(label={1,2..4:2}, a..b, *, *), dCNN(*, 1, *, 2), bins=8)');
});

test('printing is canonical: marks, braces, steps, order of options, and quotes only where needed', t => {
  const canonical = (text: string) => printQuery(parseQuery(text));
  t.is(canonical('dCNN(-,{"conv2d_1"},{3},{1,2..9:1})'), 'dCNN(*, conv2d_1, 3, {1,2..9})');
  t.is(canonical('H(dCNN(*,0,*,0),range=-1.50..2e0,bins=8)'), 'H(dCNN(*, 0, *, 0), bins=8, range=-1.5..2)');
  t.is(canonical('H(dCNN(*,0,*,0),range=-0..0)'), 'H(dCNN(*, 0, *, 0), range=0..0)');
  t.is(canonical('H(y|label=*,epoch=*)'), 'H(y | label)');
  t.is(canonical('H(label|y=3,epoch={1,2})'), 'H(label | y=3, epoch={1,2})');
  t.is(
    canonical('std(min(C(dCNN(*,a,*,1),dCNN(*,b,*,1),seed=2,permutations=0)over channel)over epoch)'),
    'std(min(C(dCNN(*, a, *, 1), dCNN(*, b, *, 1), permutations=0, seed=2) over channel) over epoch)',
  );
  t.is(
    canonical('dCNN(label={"3", "a.b", "a..b", "a."}, "größe", *, 0)'),
    'dCNN(label={"3",a.b,"a..b","a."}, "größe", *, 0)',
  );
});
