import type {LaneRow} from '../../charts/lanes.js';
import {outlinePaint, outlineRow} from '../../charts/outline-paint.js';
import type {OutlineRow} from '../../model/architecture.js';
import {meanEntropyText} from '../../model/query-texts.js';
import type {PanelContent} from '../../kit/panel-export.js';
import {entropyOfLayers} from '../../state/architecture.js';
import {currentEpoch} from '../../state/runs.js';

/** The rows of the architecture overview for a file, with the entropy of each layer at every epoch. */
export function architectureContent(
  rows: readonly OutlineRow[],
  drawn: {rows: readonly LaneRow[]; lanes: number},
): PanelContent {
  const loaded = entropyOfLayers.value.value;
  const [epochs, epoch] = [loaded?.epochs ?? [], currentEpoch.value];
  const lineOf = ({kind, name}: OutlineRow) => (kind === 'block' ? [] : (loaded?.lines.get(name) ?? []));
  const widest = Math.log2(Math.max(2, ...rows.map(({channels}) => channels ?? 0)));
  return {
    name: 'architecture',
    title: 'Architecture',
    subtitle: `mean entropy of each layer over the epochs, bits, and at epoch ${epoch}`,
    table: () => ({
      columns: ['layer', 'type', 'shape', 'parameters', 'captured', 'epoch', 'mean entropy, bits'],
      rows: rows.flatMap(row => {
        const of = [row.name, row.type, row.shape, row.parameters, row.captured ? 'yes' : 'no'];
        const values = lineOf(row);
        if (values.length === 0) return [[...of, null, null]];
        return values.map((value, i) => [...of, epochs[i] ?? null, value]);
      }),
    }),
    source: {queries: [meanEntropyText({})]},
    facts: {epoch, unit: 'bits'},
    drawing: theme => {
      const entries = rows.map((row, i) => {
        const values = lineOf(row);
        const value = values[epochs.indexOf(epoch ?? -1)] ?? null;
        return {
          name: row.name,
          detail: `${row.type} · ${row.shape}`,
          depth: row.depth,
          share: row.channels === null ? 0 : Math.log2(Math.max(1, row.channels)) / widest,
          isSolid: row.captured,
          lane: drawn.rows[i] ?? null,
          values,
          value: value === null ? '' : value.toFixed(3),
        };
      });
      const paint = outlinePaint(entries, {lanes: drawn.lanes, top: loaded?.largest ?? 0, theme});
      return {width: 560, height: rows.length * outlineRow, paint};
    },
    keys: () => [{kind: 'note', text: 'bar: channels, each step of width a factor; filled: captured'}],
  };
}
