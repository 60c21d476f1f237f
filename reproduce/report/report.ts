import {mkdir, rm, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {format} from 'oxfmt';
import type {Claim, Result, Verdict} from '../claim.js';
import type {Row} from '../row.js';
import type {Plan} from '../plan.js';
import type {Studies} from '../studies/index.js';
import {shown, shownInterval, table} from './markdown.js';
import {neighborsSection} from './neighbors-section.js';
import {toParquet} from './parquet.js';
import type {Picture} from './pictures.js';
import {pruningSection, pruningSummary} from './pruning-section.js';
import {otherChoices, sensitivitySection} from './sensitivity-section.js';

export interface ClaimReport {
  claim: Claim;
  result: Result;
  rows: readonly Row[];
}

export interface Report {
  plan: Plan;
  /** Hardware and versions, one line. */
  machine: string;
  backend: string;
  claims: readonly ClaimReport[];
  /** Null where only some figures were asked for. */
  studies: Studies | null;
  pictures: readonly Picture[];
}

const VERDICTS: readonly Verdict[] = ['holds', 'does not hold', 'not settled'];

/** Writes README.md, claims.json, and a Parquet table for each claim, study and picture; pictures are there already. */
export async function writeReport(folder: string, report: Report): Promise<void> {
  const tables = join(folder, 'tables');
  await rm(tables, {recursive: true, force: true});
  await mkdir(tables, {recursive: true});
  for (const [name, rows] of tablesOf(report)) {
    await writeFile(join(tables, `${name}.parquet`), toParquet(rows));
  }
  const {plan, machine, backend, claims, studies} = report;
  const document = {
    plan,
    machine,
    backend,
    claims: claims.map(({result}) => result),
    ...(studies && {pruning: pruningSummary(studies.pruning)}),
  };
  await writeFile(join(folder, 'claims.json'), `${JSON.stringify(document, null, 2)}\n`);
  const {code} = await format('README.md', markdown(report));
  await writeFile(join(folder, 'README.md'), code);
}

function tablesOf({claims, studies, pictures}: Report): (readonly [name: string, rows: readonly Row[]])[] {
  return [
    ...claims.map(({claim, rows}) => [claim.id, rows] as const),
    ...pictures.flatMap(({name, rows}) => (rows ? [[`picture-${name}`, rows] as const] : [])),
    ...(studies
      ? ([
          ['study-neighbors', studies.neighbors],
          ['study-pruning', studies.pruning],
          ['study-sensitivity-intra', studies.sensitivity.intra],
          ['study-sensitivity-capacity', studies.sensitivity.capacity],
          ['study-sensitivity-inter', studies.sensitivity.inter],
        ] as const)
      : []),
  ];
}

function markdown({plan, machine, backend, claims, studies, pictures}: Report): string {
  const counts = VERDICTS.map(verdict => claims.filter(({result}) => result.verdict === verdict).length);
  const [holds = 0, fails = 0, open = 0] = counts;
  const figures = [...new Set(claims.map(({claim}) => claim.figure))];
  return [
    '# What of the paper holds',
    `Of ${claims.length} claims of Shen & Shen (2020) **${holds} hold, ${fails} do not hold, ${open} are not settled** in this ${plan.name} run. Made by \`npm run reproduce -- --${plan.name} --backend ${backend}\` (${machine}).`,
    `Trained: a small CNN on MNIST with ${plan.mnistSizes.join(', ')} digits of each class for ${plan.mnistEpochs} epochs, a deeper one on CIFAR-10 with ${plan.cifarSize} photographs of each class for ${plan.cifarEpochs} epochs, each from ${plan.seeds} seeds. That is little beside the paper’s trainings; what is compared are directions, not absolute numbers.`,
    'Statistic and threshold of each claim are in `reproduce/claims/`, unchanged since before the first run. A claim **holds** where the 95 % interval of its statistic over the seeds (Student’s t) lies above the threshold, **does not hold** where it lies below, and is **not settled** otherwise. Fewer than three seeds settle nothing. Numbers as data: [claims.json](claims.json), and a Parquet file for every table and picture in `tables/`. The pictures are exports of the viewer’s own panels, or parts of its page, of the first seed.',
    table(
      ['claim', 'value', '95 % interval', 'threshold', 'verdict'],
      claims.map(({result}) => [
        `[${result.id}](#${result.id})`,
        shown(result.value),
        shownInterval(result.interval),
        String(result.threshold),
        result.verdict === 'holds' ? result.verdict : `**${result.verdict}**`,
      ]),
    ),
    ...figures.flatMap(figure => [
      `## ${figureTitle(figure)}`,
      ...claims.filter(({claim}) => claim.figure === figure).map(entry => claimSection(entry, studies)),
      ...(figure === 'fig5' && studies && studies.neighbors.length > 0
        ? [neighborsSection(studies.neighbors)]
        : []),
      ...pictures.filter(picture => picture.figure === figure).map(pictureSection),
    ]),
    ...(studies ? [sensitivitySection(studies.sensitivity, claims), pruningSection(studies.pruning)] : []),
  ].join('\n\n');
}

function claimSection({claim, result}: ClaimReport, studies: Studies | null): string {
  const {id, paper, statistic, threshold, otherwise} = claim;
  const choices = studies && otherChoices(claim, studies.sensitivity);
  const reasons = [
    `Likely reason: ${otherwise}`,
    ...(choices === null ? [] : [`${choices} ([table](#what-other-choices-change)).`]),
  ];
  return [
    `### ${id}`,
    `**The paper:** ${paper}`,
    `**Measured:** ${statistic}. By seed: ${result.values.map(shown).join(', ')}; interval ${shownInterval(result.interval)}; above ${threshold} supports the claim.`,
    [`**Verdict: ${result.verdict}.**`, ...(result.verdict === 'holds' ? [] : reasons)].join(' '),
    `[Table](tables/${id}.parquet)`,
  ].join('\n\n');
}

/** The claim about Figure 8 is about the maps of Figure 9 too. */
function figureTitle(figure: string): string {
  return figure === 'fig8' ? 'Figures 8 and 9' : figure.replace('fig', 'Figure ');
}

function pictureSection({figure, name, file, caption, rows}: Picture): string {
  const numbers = rows ? ` ([table](tables/picture-${name}.parquet))` : '';
  return `![${caption}](pictures/${file})\n\n_${figure.replace('fig', 'Fig. ')}: ${caption}_${numbers}`;
}
