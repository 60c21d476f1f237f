import {layerTable} from './layer-table.js';
import type {Reason} from './reason.js';
import {column} from './table-column.js';

/** A measure with one number per layer, epoch and set of samples: the menu of the viewer, charts of TensorBoard. */
export interface LayerMeasure {
  /** What it is, in words, such as `matrix entropy`: it is known by this everywhere. */
  title: string;
  /** What it says, in one line. */
  text: string;
  unit: 'bit' | null;
  /** Its name in the notation, `NAME(dCNN(…))`; missing where it is asked for in another way. */
  name?: string;
  /** Where a capture stores it: the table, and in it the column of its value. */
  table: keyof (typeof LAYER_TABLES & {layer_entropy: unknown});
  column: string;
  /** The largest value that it could have: the column, and how that is found; missing where none is stored. */
  ceiling?: {column: string; text: string};
}

/** A row of a table of whole layers, whatever the measure. */
export type LayerRow = {
  epoch: number;
  layer: string;
  class: number | null;
  n: number;
  invalid: number;
  reason: Reason | null;
} & Readonly<Record<string, string | number | null>>;

/** Tables that belong to one of these measures alone, as data. */
export const LAYER_TABLES = {
  effective_rank: layerTable({
    rank: column(
      'double?',
      "2 to the matrix entropy: the number of directions in which the samples vary; not the paper's",
    ),
    ceiling: column('int32?', 'Its ceiling: the smaller of n - 1 and the number of values of a sample'),
  }),
};

/** Every measure of whole layers, in the order of menus and charts. */
export const LAYER_MEASURES: readonly LayerMeasure[] = [
  {
    title: 'intra-sample entropy',
    text: 'mean entropy of the feature maps over the channels',
    unit: 'bit',
    table: 'layer_entropy',
    column: 'intra_mean',
  },
  {
    title: 'inter-sample entropy',
    text: 'entropy of the graph of nearest neighbours among the samples',
    unit: 'bit',
    table: 'layer_entropy',
    column: 'bits',
    ceiling: {column: 'log2_edges', text: 'log2 of the edges'},
  },
  {
    title: 'matrix entropy',
    text: "spread of the samples over directions; not the paper's",
    unit: 'bit',
    table: 'layer_entropy',
    column: 'matrix_bits',
  },
  {
    title: 'effective rank',
    text: "number of directions in which the samples vary, 2 to the matrix entropy; not the paper's",
    unit: null,
    name: 'R',
    table: 'effective_rank',
    column: 'rank',
    ceiling: {column: 'ceiling', text: 'min(N - 1, values of a sample)'},
  },
];

/** Names of the notation that are a measure of whole layers. */
export const LAYER_MEASURE_NAMES: readonly string[] = LAYER_MEASURES.flatMap(({name}) => name ?? []);

/** Its charts in TensorBoard are `tag/layer`: `matrix_entropy/conv2d_1`. */
export function chartTag({title}: LayerMeasure): string {
  return title.replaceAll(/[ -]/g, '_');
}

/** The title of a chart, with the unit: `Matrix entropy, bits`. */
export function chartTitle({title, unit}: LayerMeasure): string {
  return `${title.charAt(0).toUpperCase()}${title.slice(1)}${unit === 'bit' ? ', bits' : ''}`;
}
