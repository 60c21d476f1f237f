import {join} from 'node:path';
import {FINDINGS_EVENTS, type Finding} from '../shared/index.js';
import type {Run} from '../store/index.js';
import {eventFolder, EventWriter, markdownTable} from '../tensorboard/index.js';

/**
 * Writes findings as a text for TensorBoard's Text page, into a separate event folder, so that a training that
 * writes at the same time is not disturbed. They replace earlier ones for the same epoch.
 *
 * @param dir - The run's TensorBoard folder.
 * @param epoch - The last captured epoch, to which the findings refer.
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

/** Formats findings as Markdown: finding, confidence with its reason, and the query that shows it. */
export function findingsMarkdown(found: readonly Finding[], epoch: number): string {
  if (found.length === 0) return `Nothing stands out at epoch ${epoch}.`;
  const urgent = found.filter(({level}) => level === 'attention').length;
  const head = ['', 'finding', 'confidence', 'query that shows it'];
  const rows = found.map(({level, title, confidence, evidence}) => [
    level === 'attention' ? '**!**' : '',
    title,
    `${confidence.grade}: ${confidence.why}`,
    `\`${evidence}\``,
  ]);
  return `Findings of epoch ${epoch}; ${urgent} of ${found.length} call for attention (**!**). Ask \`cnnslicer query\` the query beside each and judge for yourself.\n\n${markdownTable(head, rows)}`;
}
