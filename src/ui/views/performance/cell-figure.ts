import {pictureRange, samplePicture, type PredictionsRow} from '../../../shared/index.js';
import {tablePath} from '../../api/client.js';
import type {ProbeSample} from '../../api/samples.js';
import {pictureSheet} from '../../charts/picture-sheet.js';
import {className, metric} from '../../model/format.js';
import {pixelTable} from '../../model/pixel-table.js';
import type {PanelContent} from '../../kit/panel-export.js';
import {classes, detail} from '../../state/run-detail.js';

/** The samples of a cell of the confusion matrix, as they were loaded. */
export interface CellSamples {
  run: string;
  epoch: number;
  cell: {label: number; predicted: number};
  rows: PredictionsRow[];
  inputs: ProbeSample[];
}

/** The samples of a cell for a file; null where none is shown. */
export function cellContent(
  {run, epoch, cell, rows, inputs}: CellSamples,
  caption: (row: PredictionsRow) => string,
): Omit<PanelContent, 'subtitle'> | null {
  const input = detail.value.value?.info.layers[0];
  if (!input || inputs.length === 0) return null;
  const names = classes.value;
  const range = pictureRange(inputs.map(row => row.input));
  const rowOf = (sample: number) => rows.find(row => row.sample === sample);
  return {
    name: `samples-true-${cell.label}-predicted-${cell.predicted}`,
    title: `True ${className(names, cell.label)}, predicted ${className(names, cell.predicted)}`,
    table: () => {
      const pixels = pixelTable(inputs, [
        {
          name: 'input',
          shape: [...input.spatial, input.channels],
          of: new Map(inputs.map(row => [row.sample, row.input])),
        },
      ]);
      const predictions = new Map(rows.map(row => [row.sample, [row.predicted, row.probability]]));
      return {
        columns: [...pixels.columns, 'predicted', 'probability'],
        rows: pixels.rows.map(row => [...row, ...(predictions.get(Number(row[0])) ?? [null, null])]),
      };
    },
    source: {paths: [tablePath(run, 'predictions', {epoch})]},
    facts: {runs: [run], epoch, n: rows.length, unit: null},
    drawing: look =>
      pictureSheet(
        {
          heads: [{name: 'input', scale: `${metric(range[0])} … ${metric(range[1])}`}],
          blocks: inputs.map(({sample, input: values}) => {
            const row = rowOf(sample);
            return {caption: row ? caption(row) : '', pictures: [samplePicture(values, input, range)]};
          }),
        },
        look,
      ),
  };
}
