import test from 'ava';
import type {Cube} from 'cnnslicer/analysis';
import {MetricsPool} from 'cnnslicer/metrics/simd';
import {alikeProfiles} from '../../reproduce/claims/fig08-alike-profiles.js';
import {capacityOverDepth} from '../../reproduce/claims/fig12-capacity-over-depth.js';
import {capacityOverEpochs} from '../../reproduce/claims/fig11-capacity-over-epochs.js';
import {circleSizes} from '../../reproduce/claims/fig13-circle-sizes.js';
import {convergence} from '../../reproduce/claims/fig05-convergence.js';
import {inputEntropy} from '../../reproduce/claims/fig05-input-entropy.js';
import {labelEntropy} from '../../reproduce/claims/fig06-label-entropy.js';
import {lowAndHighLayers} from '../../reproduce/claims/fig14-low-and-high-layers.js';
import {neverPredicted} from '../../reproduce/claims/fig07-never-predicted.js';
import {poolingDiagonal, poolingRedundancy} from '../../reproduce/claims/fig10-pooling.js';
import {quarterGap} from '../../reproduce/claims/fig15-projections.js';
import {claims} from '../../reproduce/claims/index.js';
import type {Claim} from '../../reproduce/claim.js';
import type {Row} from '../../reproduce/row.js';
import type {Lab} from '../../reproduce/lab.js';
import {plans} from '../../reproduce/plan.js';
import {closeTo} from '../support/close-to.js';
import {tableOf} from '../support/table-of.js';

/** A run that answers with made tables: the first whose key the question holds. */
interface Made {
  epochs?: number[];
  answers?: Record<string, Row[]>;
  logs?: {epoch: number; name: string; value: number | null}[];
  layers?: {name: string; index: number}[];
  /** Maps of each channel of a layer. */
  maps?: number[][];
}

function madeCube({epochs = [0, 1, 2], answers = {}, logs = [], layers = [], maps = []}: Made): Cube {
  const cube = {
    info: {layers},
    epochs: () => Promise.resolve(epochs),
    table: () => Promise.resolve(logs),
    query: (question: string) => {
      const rows = Object.entries(answers).find(([part]) => question.includes(part))?.[1];
      if (!rows) return Promise.reject(new Error(`nothing was made for ${question}`));
      const names = [...new Set(rows.flatMap(row => Object.keys(row)))];
      const cells = names.map(name => [name, rows.map(row => row[name] ?? null)] as const);
      return Promise.resolve(tableOf(Object.fromEntries(cells)));
    },
    slice: () =>
      Promise.resolve({
        *maps() {
          for (const [channel, values] of maps.entries()) yield {channel, maps: Float32Array.from(values)};
        },
      }),
  };
  return cube as unknown as Cube;
}

const plan = {...plans.quick, small: 1, large: 2, mnistEpochs: 4};

/** What a claim measures where the large run is `large`, and the small one `small`. */
async function measured(claim: Claim, large: Made, small: Made = large): Promise<number> {
  const mnist = (_seed: number, size = plan.large) =>
    Promise.resolve(madeCube(size === plan.large ? large : small));
  const lab = {plan, mnist, cifar10: () => mnist(1)};
  return (await claim.measure(lab as unknown as Lab, 1)).value;
}

const claimOf = (list: readonly Claim[], id: string): Claim => {
  const claim = list.find(other => other.id === id);
  if (!claim) throw new Error(`there is no ${id}`);
  return claim;
};

test('every claim has its own name, a figure, and words for the case that it does not hold', t => {
  t.is(new Set(claims.map(({id}) => id)).size, claims.length);
  for (const {id, figure, paper, statistic, threshold, otherwise} of claims) {
    t.regex(figure, /^fig\d+$/, id);
    t.true(Number.isFinite(threshold) && [paper, statistic, otherwise].every(words => words.length > 10), id);
  }
});

test('all figures that the paper draws conclusions from have a claim', t => {
  const figures = new Set(claims.map(({figure}) => figure));
  t.deepEqual(
    [...figures],
    ['fig5', 'fig6', 'fig7', 'fig8', 'fig10', 'fig11', 'fig12', 'fig13', 'fig14', 'fig15'],
  );
});

test('Fig. 5: the smallest step from one input size to the next', async t => {
  const pool = await MetricsPool.create({threads: 1});
  try {
    const lab = {plan: {...plan, mnistSizes: [2, 3, 5]}, pool};
    const {value, rows} = await inputEntropy.measure(lab as unknown as Lab, 1);
    const bits = rows.map(row => row['bits'] as number);
    t.deepEqual(
      rows.map(row => row['samples']),
      [20, 30, 50],
    );
    const steps = bits.slice(1).map((value, i) => value - (bits[i] as number));
    t.is(value, Math.min(...steps));
    t.true(value > 0);
  } finally {
    await pool.close();
  }
});

test('Fig. 5: epochs to an accuracy of 0.9, never there counting as one more than were trained', async t => {
  const logs = (values: number[]) => values.map((value, i) => ({epoch: i + 1, name: 'val_acc', value}));
  t.is(await measured(convergence, {logs: logs([0.8, 0.95])}, {logs: logs([0.5, 0.6, 0.7, 0.91])}), 2);
  t.is(await measured(convergence, {logs: logs([0.9])}, {logs: logs([0.1, 0.2, 0.3, 0.4])}), 4);
  t.is(
    await measured(convergence, {logs: [{epoch: 1, name: 'acc', value: 1}, ...logs([0.1, 0.9])]}),
    0,
    'only the validation accuracy counts',
  );
});

test('Fig. 6: captures until the mean stays within 0.15 bits of its last value', async t => {
  const series = (bits: number[]) => ({
    answers: {'H(label | y)': bits.map((value, epoch): Row => ({epoch, bits: value}))},
  });
  t.is(await measured(labelEntropy, series([2, 0.5, 0.5, 0.5]), series([2, 1, 0.9, 0.5])), 2);
  t.is(await measured(labelEntropy, series([2, 0.5, 1, 0.5]), series([0.5, 0.5, 0.5, 0.5])), -3);
});

test('Fig. 7: classes without a prediction at the first capture, less those at the last', async t => {
  const rows: Row[] = [
    {epoch: 0, class: 0, bits: null},
    {epoch: 0, class: 1, bits: null},
    {epoch: 0, class: 2, bits: 3},
    {epoch: 2, class: 0, bits: 1},
    {epoch: 2, class: 1, bits: null},
    {epoch: 2, class: 2, bits: 0},
  ];
  t.is(await measured(neverPredicted, {answers: {'H(label | y)': rows}}), 1);
});

test('Fig. 8: maps of alike profiles correlate, beyond those of any pair', async t => {
  // Channels 0 and 1 have the same profile and the same maps; 2, 3 and 4 go their own ways.
  const profiles = [
    [1, 2, 3, 4],
    [1, 2, 3, 4],
    [4, 1, 3, 2],
    [2, 4, 1, 3],
    [3, 1, 4, 2],
  ];
  const maps = [
    [1, 2, 3, 4],
    [1, 2, 3, 4],
    [4, 3, 2, 1],
    [1, 4, 2, 3],
    [1, 3, 2, 4],
  ];
  const rows = profiles.flatMap((profile, from) => profile.map((bits): Row => ({from_channel: from, bits})));
  const value = await measured(alikeProfiles, {answers: {'C(': rows}, maps});
  // Correlations of the maps with each other: 1, -1, .4, .8, -1, .4, .8, -.4, -.8, .8 (10 pairs, mean .1).
  closeTo(t, value, 0.9, 1e-6, String(value));
});

test('Fig. 10: the share of channels whose capacity is highest with themselves', async t => {
  const rows: Row[] = [
    {from_channel: 0, to_channel: 0, bits: 2},
    {from_channel: 0, to_channel: 1, bits: 1},
    {from_channel: 1, to_channel: 0, bits: 2},
    {from_channel: 1, to_channel: 1, bits: 1},
  ];
  t.is(await measured(poolingDiagonal, {answers: {'C(': rows}}), 0.5);
});

test('Fig. 10: how much less different channels share at the last epoch, the diagonal left out', async t => {
  const at = (bits: number): Row[] => [
    {from_channel: 0, to_channel: 0, bits: 9},
    {from_channel: 0, to_channel: 1, bits},
    {from_channel: 1, to_channel: 0, bits: bits + 1},
  ];
  const answers = {'*, 0)': at(2), '*, 1)': at(9), '*, 2)': at(0.5)};
  t.is(await measured(poolingRedundancy, {answers}), 1.5);
});

test('Fig. 11: how much the mean capacity falls from the first epoch to the last', async t => {
  const rows: Row[] = [
    {epoch: 0, bits: 1},
    {epoch: 1, bits: 7},
    {epoch: 2, bits: 0.25},
  ];
  t.is(await measured(capacityOverEpochs, {answers: {'mean(C(': rows}}), 0.75);
});

test('Fig. 12: 1 where the capacity falls with every layer, -1 where it grows', async t => {
  const layers = ['input', 'conv2d_1', 'a', 'b', 'c'].map((name, index) => ({name, index}));
  const claim = claimOf(capacityOverDepth, 'fig12-capacity-over-depth-mnist');
  const answers = (a: number, b: number, c: number) => ({
    ', a,': [{bits: a}],
    ', b,': [{bits: b}],
    ', c,': [{bits: c}],
  });
  t.is(await measured(claim, {layers, answers: answers(3, 2, 1)}), 1);
  t.is(await measured(claim, {layers, answers: answers(1, 2, 3)}), -1);
  t.is(await measured(claim, {layers, answers: answers(3, 1, 2)}), 0.5);
});

const byClass = (bits: [number, number][], std = 1): Row[] =>
  bits.flatMap((classes, channel) => classes.map(value => ({channel, bits: value, std, n: 4})));

test("Fig. 13: the spread over classes in standard errors of a class's mean", async t => {
  // Classes at 1 and 3: spread 1; a standard error is 1 / sqrt(4).
  const rows = byClass([
    [1, 3],
    [1, 3],
  ]);
  t.is(await measured(circleSizes, {answers: {conv2d_2: rows}}), 2);
});

test('Fig. 14: how much more the classes differ in a high layer, and how much more entropy a low one has', async t => {
  const answers = {conv2d_1: byClass([[3, 5]]), conv2d_2: byClass([[1, 3]]), conv2d_6: byClass([[2, 2]])};
  const value = (id: string) => measured(claimOf(lowAndHighLayers, id), {answers});
  t.is(await value('fig14-consistency-mnist'), 1 / 2 - 1 / 4);
  t.is(await value('fig14-entropy-mnist'), 4 - 2);
  t.is(await value('fig14-consistency-cifar10'), -1 / 4);
  t.is(await value('fig14-entropy-cifar10'), 4 - 2);
});

test('Fig. 15: the quarter of highest entropy less the quarter of lowest', t => {
  t.is(quarterGap([1, 2, 9, 9, 9, 9, 4, 7]), 4);
});
