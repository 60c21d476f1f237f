import {join} from 'node:path';
import {FINDINGS_EVENTS, type Finding} from '../shared/index.js';
import type {Run} from '../store/index.js';
import {eventFolder, EventWriter, markdownTable} from '../tensorboard/index.js';

/**
 * Writes findings as a text for TensorBoard's Text page: into an event folder of their own, so that a training that
 * writes beside them is not disturbed. They take the place of earlier ones for the same epoch.
 *
 * @param dir - The run's TensorBoard folder.
 * @param epoch - The last captured epoch, at which the findings look.
 */
export async function writeFindingsEvents(
  {dir: runDir, info: {id}}: Pick<Run, 'dir' | 'info'>,
  dir: string | null,
  found: readonly Finding[],
  epoch: number,
): Promise<void> {
  const owner = id === undefined ? {} : {owner: id};
  const folder = await eventFolder({dir, runDir, owners: id === undefined ? [] : [id]});
  const writer = await EventWriter.open(join(folder, FINDINGS_EVENTS), {...owner, purgeStep: epoch});
  writer.text(epoch, [['findings', findingsMarkdown(found, epoch)]]);
  await writer.close();
}

/** Findings in markdown: what, how sure and why, and the query that shows it. */
export function findingsMarkdown(found: readonly Finding[], epoch: number): string {
  if (found.length === 0) return `Nothing stands out at epoch ${epoch}.`;
  const urgent = found.filter(({level}) => level === 'attention').length;
  const head = ['', 'what stands out', 'how sure', 'query that shows it'];
  const rows = found.map(({level, title, confidence, evidence}) => [
    level === 'attention' ? '**!**' : '',
    title,
    `${confidence.grade}: ${confidence.why}`,
    `\`${evidence}\``,
  ]);
  return `Findings of epoch ${epoch}; ${urgent} of ${found.length} call for attention (**!**). Ask \`cnnslicer query\` the query beside each and judge for yourself.\n\n${markdownTable(head, rows)}`;
}
