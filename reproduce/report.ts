import {mkdir, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {parquetWriteBuffer} from 'hyparquet-writer';
import type {Claim, Result, Row} from './claim.js';
import type {Plan} from './plan.js';

export interface Report {
  plan: Plan;
  /** Hardware and versions, one line. */
  machine: string;
  results: readonly {claim: Claim; result: Result; rows: Row[]}[];
}

/** Writes README.md, claims.json and a Parquet table for each claim. */
export async function writeReport(folder: string, report: Report): Promise<void> {
  await mkdir(join(folder, 'tables'), {recursive: true});
  for (const {claim, rows} of report.results) {
    await writeFile(join(folder, 'tables', `${claim.id}.parquet`), toParquet(rows));
  }
  const {plan, machine, results} = report;
  const document = {plan, machine, claims: results.map(({result}) => result)};
  await writeFile(join(folder, 'claims.json'), `${JSON.stringify(document, null, 2)}\n`);
  await writeFile(join(folder, 'README.md'), markdown(report));
}

function markdown({plan, machine, results}: Report): string {
  const held = results.filter(({result}) => result.verdict === 'holds').length;
  return `${[
    '# What of the paper holds',
    `${held} of ${results.length} claims hold in this ${plan.name} run. Made by \`npm run reproduce -- --${plan.name}\` on ${machine}.`,
    `MNIST with ${plan.mnistSizes.join(', ')} digits of each class for ${plan.mnistEpochs} epochs, CIFAR-10 with ${plan.cifarSize} photographs of each class for ${plan.cifarEpochs} epochs; ${plan.seeds} seeds each. Statistic and threshold of a claim are fixed in \`reproduce/claims/\`. A claim holds where the 95 % interval over the seeds (Student's t) lies above its threshold, does not hold where it lies below, and is not settled otherwise. Fewer than three seeds settle nothing.`,
    [
      '| claim | mean | 95 % interval | threshold | verdict |',
      '| --- | --- | --- | --- | --- |',
      ...results.map(
        ({result}) =>
          `| [${result.id}](#${result.id}) | ${shown(result.mean)} | ${result.interval?.map(shown).join(' to ') ?? '-'} | ${result.threshold} | ${result.verdict} |`,
      ),
    ].join('\n'),
    ...results.map(section),
  ].join('\n\n')}\n`;
}

function section({claim, result}: Report['results'][number]): string {
  return [
    `## ${claim.id}`,
    `**The paper:** ${claim.paper}`,
    `**Measured:** ${claim.statistic}. By seed: ${result.values.map(shown).join(', ')}; above ${claim.threshold} supports the claim. **${result.verdict}**.`,
    ...(result.verdict === 'holds' ? [] : [`**Likely reason:** ${claim.ifNot}`]),
    `Table: [tables/${claim.id}.parquet](tables/${claim.id}.parquet)`,
  ].join('\n\n');
}

const shown = (value: number): string => Number(value.toPrecision(3)).toString();

function toParquet(rows: readonly Row[]): Uint8Array {
  const names = [...new Set(rows.flatMap(row => Object.keys(row)))];
  const columnData = names.map(name => {
    const data = rows.map(row => row[name] ?? null);
    const isText = data.some(value => typeof value === 'string');
    return {name, data, type: isText ? ('STRING' as const) : ('DOUBLE' as const), nullable: true};
  });
  return new Uint8Array(parquetWriteBuffer({columnData}));
}
