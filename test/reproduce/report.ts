import test from 'ava';
import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {parquetReadObjects} from 'hyparquet';
import {judge} from '../../reproduce/claim.js';
import {claims} from '../../reproduce/claims/index.js';
import {plans} from '../../reproduce/plan.js';
import {conclusion, pruningSummary} from '../../reproduce/report/pruning-section.js';
import {otherChoices} from '../../reproduce/report/sensitivity-section.js';
import {writeReport, type Report} from '../../reproduce/report/report.js';
import type {Studies} from '../../reproduce/studies/index.js';
import {temporaryFolder} from '../support/temporary-folder.js';
import {closeTo} from '../support/close-to.js';

/** Where all claims but the first have `values`, and the first has `first`. */
function report(first: number[], studies: Studies | null = null): Report {
  return {
    plan: plans.quick,
    machine: 'a machine',
    backend: 'wasm',
    claims: claims.map((claim, i) => ({
      claim,
      result: judge(claim, i === 0 ? first : [9, 9.1, 9.2]),
      rows: [{seed: 1, name: 'a', bits: null}],
    })),
    studies,
    pictures: [],
  };
}

const pruned = (seed: number, findings: number, random: number) => ({
  seed,
  dataset: 'mnist',
  dead: 1,
  redundant: 2,
  channels: 48,
  before: 0.98,
  findings,
  smallest_norm: 0.9,
  random,
});

test('claims.json names every claim with value, interval, threshold and verdict', async t => {
  const folder = await temporaryFolder(t);
  await writeReport(folder, report([9, 9.1, 9.2]));
  const written = JSON.parse(await readFile(join(folder, 'claims.json'), 'utf8')) as {
    claims: Record<string, unknown>[];
  };
  t.deepEqual(
    written.claims.map(({id}) => id),
    claims.map(({id}) => id),
  );
  for (const claim of written.claims) {
    t.is(typeof claim['value'], 'number');
    t.is((claim['interval'] as number[]).length, 2);
    t.is(typeof claim['threshold'], 'number');
    t.is(claim['verdict'], 'holds');
  }
});

test('a claim that does not hold is shown as that, with its reason, and is counted', async t => {
  const folder = await temporaryFolder(t);
  await writeReport(folder, report([-1, -1.1, -0.9]));
  const text = await readFile(join(folder, 'README.md'), 'utf8');
  const [failing] = claims;
  t.true(text.includes(`**${claims.length - 1} hold, 1 do not hold, 0 are not settled**`));
  t.regex(text, new RegExp(`\\[${failing?.id}\\].*\\*\\*does not hold\\*\\*`));
  t.true(text.includes(`**Verdict: does not hold.** Likely reason: ${failing?.otherwise}`));
});

test('two seeds are reported as not settled', async t => {
  const folder = await temporaryFolder(t);
  await writeReport(folder, report([9, 9]));
  const text = await readFile(join(folder, 'README.md'), 'utf8');
  t.true(text.includes('**Verdict: not settled.**'));
});

test('each claim has a table of its rows', async t => {
  const folder = await temporaryFolder(t);
  await writeReport(folder, report([9, 9, 9]));
  for (const {id} of claims) {
    const bytes = await readFile(join(folder, 'tables', `${id}.parquet`));
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
    t.deepEqual(await parquetReadObjects({file}), [{seed: 1, name: 'a', bits: null}]);
  }
});

test('pruning that costs more than a choice at random is reported as such', t => {
  const rows = [pruned(1, 0.8, 0.9), pruned(2, 0.81, 0.91), pruned(3, 0.79, 0.89)];
  const [summary] = pruningSummary(rows);
  t.like(summary, {dataset: 'mnist', pruned: 3, channels: 48});
  const random = summary?.comparisons.find(({against}) => against === 'random');
  t.is(random?.verdict, 'worse');
  closeTo(t, random?.difference, -0.1, 1e-9);
  t.regex(conclusion(pruningSummary(rows)), /cost more accuracy than .*random channels on mnist/);
});

test('pruning of two seeds settles nothing', t => {
  const summaries = pruningSummary([pruned(1, 0.5, 0.9), pruned(2, 0.5, 0.9)]);
  t.true(summaries[0]?.comparisons.every(({verdict}) => verdict === 'not settled'));
  t.regex(conclusion(summaries), /cannot be distinguished from/);
});

test('what other choices of bins and range change is reported for a claim that does not hold', t => {
  const claim = claims.find(({id}) => id === 'fig14-entropy-mnist');
  if (!claim) return t.fail();
  const row = (range: string, value: number) => ({seed: 1, bins: 32, range, [claim.id]: value});
  const choices = (values: number[]) => ({
    intra: [...values.map(value => row('map', value)), ...[-1, -1, -1].map(value => row('layer', value))],
    capacity: [],
    inter: [],
  });
  t.is(otherChoices(claim, choices([1, 1, 1])), 'It holds with 32 bins, range map, of 2 choices tried');
  t.regex(otherChoices(claim, choices([1, -1, 1])) ?? '', /^None of the 2/);
  t.is(otherChoices(claim, {intra: [], capacity: [], inter: []}), null);
});
