import test from 'ava';
import {judge, verdictOf, type Claim} from '../../reproduce/claim.js';
import {correlation, interval, mean, std, trend} from '../../reproduce/statistics.js';
import {closeTo} from '../support/close-to.js';

const claim: Claim = {
  id: 'made',
  figure: 'fig5',
  paper: 'What goes up comes down.',
  statistic: 'height',
  threshold: 1,
  otherwise: 'it never went up.',
  measure: () => Promise.reject(new Error('is not measured here')),
};

test('a claim holds where the whole interval lies above the threshold', t => {
  t.is(judge(claim, [2, 2.1, 1.9]).verdict, 'holds');
  t.is(judge(claim, [0.5, 0.4, 0.6]).verdict, 'does not hold');
  t.is(judge(claim, [0.5, 1.5, 2]).verdict, 'not settled');
});

test('the threshold itself does not support the claim', t => {
  t.is(verdictOf([1, 2], 1), 'not settled');
  t.is(verdictOf([0, 1], 1), 'does not hold');
  t.is(verdictOf([1, 1], 1), 'does not hold');
});

test('fewer than three seeds settle nothing, however clear', t => {
  t.like(judge(claim, [5, 5]), {verdict: 'not settled', interval: null, value: 5, values: [5, 5]});
  t.is(judge(claim, [5]).verdict, 'not settled');
  t.is(judge(claim, [5, 5, 5]).verdict, 'holds');
});

test('a statistic that is undefined for a seed settles nothing', t => {
  t.is(judge(claim, [5, NaN, 5]).verdict, 'not settled');
});

test("the interval is Student's t at 95 %", t => {
  // Mean 2, sample deviation 1, t with 2 degrees of freedom 4.303.
  const [low, high] = interval([1, 2, 3]) ?? [0, 0];
  closeTo(t, low, 2 - 4.302652729911275 / Math.sqrt(3), 1e-9);
  closeTo(t, high, 2 + 4.302652729911275 / Math.sqrt(3), 1e-9);
});

test('mean, deviation, correlation and trend of known numbers', t => {
  t.is(mean([1, 2, 6]), 3);
  t.is(std([1, 3]), 1);
  t.is(correlation([1, 2, 3], [2, 4, 6]), 1);
  t.is(correlation([1, 2, 3], [1, 1, 1]), null);
  t.is(trend([1, 5, 9]), 1);
  t.is(trend([9, 5, 1]), -1);
});
