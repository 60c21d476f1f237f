import {readFileSync} from 'node:fs';
import test from 'ava';
import {LAYER_MEASURES} from '#src/shared/layer-measures.js';
import {readMeasureTexts} from '#src/shared/measure-texts.js';

const markdown = readFileSync('docs/measures.md', 'utf8');

test('every measure of the documentation is explained by its question, formula, range and pitfalls', t => {
  const texts = readMeasureTexts(markdown);
  t.true(texts.length >= 6);
  for (const {title, asks, range, formula, pitfalls} of texts) {
    t.true(asks.endsWith('?') && range.includes('..') && formula.includes('='), title);
    t.true(pitfalls.length > 0 && pitfalls.every(text => text.length > 20), title);
    for (const text of pitfalls) t.notRegex(text, /[`*\n]|\]\(/, title);
  }
  const capacity = texts.find(({id}) => id === 'channel-capacity');
  t.true(capacity?.pitfalls[0]?.startsWith('As far as it rises above its baseline'));
  t.true((capacity?.pitfalls.length ?? 0) > 5);
});

test('every measure of whole layers has an explanation under its title', t => {
  const ids = readMeasureTexts(markdown).map(({id}) => id);
  for (const {title} of LAYER_MEASURES) t.true(ids.includes(title.replaceAll(' ', '-')), title);
});

test('a measure whose section does not say how far to trust it is an error of the documentation', t => {
  const without = markdown.replaceAll('**How far to trust', '**On trust');
  t.throws(() => readMeasureTexts(without), {message: /"Intra-sample entropy" lacks/});
});
