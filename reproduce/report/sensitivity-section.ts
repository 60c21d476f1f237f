import {judge, type Claim} from '../claim.js';
import type {Row} from '../row.js';
import {mean} from '../statistics.js';
import type {Sensitivity} from '../studies/sensitivity.js';
import {shown, table} from './markdown.js';

/** Columns of the study of capacities, and the claim whose threshold they are held against; null is none. */
const CAPACITY_COLUMNS: Readonly<Record<string, string | null>> = {
  'fig10-pooling-redundancy': 'fig10-pooling-redundancy',
  'fig10 above chance': 'fig10-pooling-redundancy',
  'fig11-capacity-over-epochs': 'fig11-capacity-over-epochs',
  'fig11 above chance': 'fig11-capacity-over-epochs',
  'chance, share of fig11 at the last epoch': null,
};

export function sensitivitySection(
  {intra, capacity, inter}: Sensitivity,
  claims: readonly {claim: Claim}[],
): string {
  const claimOf = (id: string | null) => claims.find(({claim}) => claim.id === id)?.claim ?? null;
  const columns = Object.keys(intra[0] ?? {}).filter(name => !['seed', 'bins', 'range'].includes(name));
  return [
    '## What other choices change',
    'The same statistics with other bins, range rules, k and numbers of samples: mean over seeds, and the verdict by the same rule and threshold. A verdict that changes with the choice is about the choice as much as about the network.',
    '**Intra-sample entropy** (the claims use 32 bins and the range of the layer):',
    choiceTable(intra, ['bins', 'range'], Object.fromEntries(columns.map(id => [id, claimOf(id)]))),
    '**Channel capacity** (the claims use 32 bins and the 256 samples of the probe). Above chance: less the mean of 3 permutations of the samples.',
    choiceTable(
      capacity,
      ['bins', 'samples'],
      Object.fromEntries(Object.entries(CAPACITY_COLUMNS).map(([name, id]) => [name, claimOf(id)])),
    ),
    '**Inter-sample entropy** of the input digits (the claim uses k = 15). It follows N and k; the deficit is what the data add.',
    choiceTable(inter, ['samples', 'k'], {bits: null, log2_edges: null, deficit: null}),
    'Tables: [intra](tables/study-sensitivity-intra.parquet), [capacity](tables/study-sensitivity-capacity.parquet), [inter](tables/study-sensitivity-inter.parquet)',
  ].join('\n\n');
}

/** Which of the choices make a claim hold that does not, in a sentence; null where none was tried. */
export function otherChoices(claim: Claim, {intra, capacity}: Sensitivity): string | null {
  const tried = [
    ...byChoice(intra, ['bins', 'range']).map(entry => ({...entry, column: claim.id})),
    ...Object.entries(CAPACITY_COLUMNS)
      .filter(([, id]) => id === claim.id)
      .flatMap(([column]) => byChoice(capacity, ['bins', 'samples']).map(entry => ({...entry, column}))),
  ].filter(({rows, column}) => rows[0]?.[column] !== undefined);
  if (tried.length === 0) return null;
  const holds = tried.filter(
    ({rows, column}) =>
      judge(
        claim,
        rows.map(row => Number(row[column])),
      ).verdict === 'holds',
  );
  const named = holds.map(({words, column}) => (column === claim.id ? words : `${words} (above chance)`));
  return holds.length === 0
    ? `None of the ${tried.length} other choices tried makes it hold`
    : `It holds with ${named.join('; ')}, of ${tried.length} choices tried`;
}

/** The rows of each choice, and the choice in words: "32 bins, range map". */
function byChoice(rows: readonly Row[], choice: readonly string[]): {words: string; rows: Row[]}[] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const words = choice
      .map(name => (name === 'range' ? `range ${row[name]}` : `${row[name]} ${name}`))
      .join(', ');
    groups.set(words, [...(groups.get(words) ?? []), row]);
  }
  return [...groups].map(([words, of]) => ({words, rows: of}));
}

/** A line for each choice: the mean over the seeds, and the verdict of the column's claim. */
function choiceTable(
  rows: readonly Row[],
  choice: readonly string[],
  columns: Readonly<Record<string, Claim | null>>,
): string {
  return table(
    [...choice, ...Object.keys(columns)],
    byChoice(rows, choice).map(({rows: group}) => [
      ...choice.map(name => String(group[0]?.[name])),
      ...Object.entries(columns).map(([name, claim]) =>
        cell(
          group.map(row => Number(row[name])),
          claim,
        ),
      ),
    ]),
  );
}

function cell(values: number[], claim: Claim | null): string {
  const shownMean = shown(mean(values));
  return claim ? `${shownMean} ${judge(claim, values).verdict}` : shownMean;
}
