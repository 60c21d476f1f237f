/** A measure with one number per layer, epoch and set of samples: the menu of the viewer, charts of TensorBoard. */
export interface LayerMeasure {
  /** What it is, in words, such as `matrix entropy`. */
  title: string;
  /** What it says, in one line. */
  text: string;
  unit: 'bit' | null;
  /** Its name in the notation, `NAME(dCNN(…))`; null where it is asked for in another way, or only shown in a table. */
  name: string | null;
  /** Where a capture stores it: the table, and in it the column of its value. */
  table: keyof (typeof LAYER_TABLES & {layer_entropy: unknown});
  column: string;
  /** Its charts in TensorBoard are `tag/layer`. */
  tag: string;
}

/** Tables that belong to one of these measures alone, as data. */
export const LAYER_TABLES = {};

/** Every measure of whole layers, in the order of menus and charts. */
export const LAYER_MEASURES: readonly LayerMeasure[] = [
  {
    title: 'intra-sample entropy',
    text: 'Mean entropy of the feature maps over the channels',
    unit: 'bit',
    name: null,
    table: 'layer_entropy',
    column: 'intra_mean',
    tag: 'intra_sample_entropy',
  },
  {
    title: 'inter-sample entropy',
    text: 'Entropy of the graph of nearest neighbours among the samples',
    unit: 'bit',
    name: null,
    table: 'layer_entropy',
    column: 'bits',
    tag: 'inter_sample_entropy',
  },
  {
    title: 'matrix entropy',
    text: "Von Neumann entropy of the samples' Gram matrix",
    unit: 'bit',
    name: null,
    table: 'layer_entropy',
    column: 'matrix_bits',
    tag: 'matrix_entropy',
  },
];

/** Names of the notation that are a measure of whole layers. */
export const LAYER_MEASURE_NAMES: readonly string[] = LAYER_MEASURES.flatMap(({name}) => name ?? []);
