import {
  anyText,
  index,
  indexPair,
  indexUpTo,
  listOf,
  oneOf,
  optional,
  orWord,
  text,
  texts,
  yesOrNo,
  type AddressCodec,
} from './address-codecs.js';
import {viewIds} from './views.js';
import {LAYER_MEASURES} from '../../shared/layer-measures.js';

/** One thing that a link to the viewer holds. */
interface ViewField<Value> {
  codec: AddressCodec<Value>;
  /** State of an address without parameters. */
  initial: Value;
  /** Its name in the address. */
  parameter: string;
  /** A change of it is a step that the browser's back button takes back. */
  isStep: boolean;
}

function field<Value>(
  parameter: string,
  codec: AddressCodec<Value>,
  initial: NoInfer<Value>,
): ViewField<Value> {
  return {codec, initial, parameter, isStep: false};
}

/** A field whose changes are steps of the browser's history. */
function step<Value>(
  parameter: string,
  codec: AddressCodec<Value>,
  initial: NoInfer<Value>,
): ViewField<Value> {
  return {codec, initial, parameter, isStep: true};
}

/** Above it a line hardly moves. */
export const maxSmoothing = 99;

const order = oneOf('natural', 'mean', 'max');
const channelPair = indexPair('from', 'to');

/** Everything that a link to the viewer holds, each declared here and nowhere else. */
export const viewFields = {
  /** Ids of the selected runs; the first is the primary run, which drives what shows one run only. */
  runs: step('run', texts, []),
  /** The epoch on the one clock; null follows the last captured one. */
  epoch: field('epoch', optional(index), null),
  tab: step('tab', oneOf(...viewIds), 'performance'),
  theme: field('theme', oneOf('system', 'light', 'dark'), 'system'),
  /** The layer that is shown; null is the first one that has maps. */
  layer: step('layer', optional(text), null),
  channel: step('channel', optional(index), null),
  /** The layer pair whose capacity is shown; null is the first two captured layers that have maps. */
  from: step('from', optional(text), null),
  to: step('to', optional(text), null),
  /** The chosen cell of the capacity heatmap. */
  pair: step('pair', optional(channelPair), null),
  /** Cells kept to compare. */
  pins: step('pin', listOf(channelPair), []),
  /** The class whose circles fill the packing; null is all of them. */
  zoom: step('zoom', optional(orWord('all', index)), null),
  /** The class whose samples the opened channel shows; null is all classes. */
  samplesOf: field('samples-of', optional(index), null),
  /** The classes whose channels are compared; none: the first two. */
  compared: field('compare', listOf(index), []),
  /** The class marked in every view. */
  focusClass: field('class', optional(index), null),
  /** The opened cell of the confusion matrix. */
  cell: step('cell', optional(indexPair('label', 'predicted')), null),
  confusion: field('confusion', oneOf('counts', 'shares'), 'counts'),
  /** How its cells are coloured: in proportion, by their logarithm, or the errors alone. */
  confusionScale: field('confusion-scale', oneOf('linear', 'log', 'errors'), 'linear'),
  /** The measure of whole layers that is drawn, by its title. */
  layerMeasure: field(
    'layer-measure',
    oneOf(...LAYER_MEASURES.map(({title}) => title)),
    'inter-sample entropy',
  ),
  /** Its values, or what they are below their ceiling. */
  interSample: field('inter-sample', oneOf('bits', 'deficit'), 'bits'),
  /** Lines of the class entropies while runs are compared: a line per run, or the primary run's classes. */
  entropyLines: field('entropies', oneOf('runs', 'classes'), 'runs'),
  /** How smooth lines over time are, percent. */
  smoothing: field('smoothing', indexUpTo(maxSmoothing), 0),
  /** Lines of the channel charts: one line over all samples, or one per class. */
  lines: field('lines', oneOf('all', 'classes'), 'all'),
  scale: field('scale', oneOf('fixed', 'own'), 'fixed'),
  /** Order of the heatmap's rows, and of its columns. */
  rowOrder: field('row-order', order, 'natural'),
  columnOrder: field('column-order', order, 'natural'),
  /** One colour scale for all epochs, or each epoch its own. */
  capacityScale: field('capacity-scale', oneOf('run', 'epoch'), 'run'),
  /** The first layer's channels down the heatmap, or across it, as in the paper. */
  capacityAxes: field('capacity-axes', oneOf('down', 'across'), 'down'),
  /** Capacities are compared with shuffled samples. */
  baseline: field('baseline', yesOrNo, false),
  sort: field('sort', oneOf('index', 'final', 'change'), 'index'),
  /** The query submitted, in the notation; null is none. */
  query: step('query', optional(text), null),
  /** Unsubmitted text of the expression box; null if it is the current query, or what the view shows. */
  draft: field('draft', optional(anyText), null),
  /** The query rail; null is open where the window has room for it. */
  rail: field('rail', optional(oneOf('open', 'icons')), null),
  /** Blocks of the architecture overview that are open, by the name of their first layer. */
  blocks: field('block', texts, []),
  /** The maximised panel. */
  full: step('full', optional(text), null),
};

type ViewFields = typeof viewFields;

export type ViewState = {
  [Name in keyof ViewFields]: ViewFields[Name] extends ViewField<infer Value> ? Value : never;
};

/** State of an address without parameters. */
export const defaultState: Readonly<ViewState> = ofEachField(({initial}) => initial);

/** A record with something for each field. */
export function ofEachField<Of extends object>(
  make: (field: ViewField<unknown>, name: keyof ViewState) => unknown,
): Of {
  const entries = Object.entries<ViewField<unknown>>(viewFields);
  return Object.fromEntries(entries.map(([name, of]) => [name, make(of, name as keyof ViewState)])) as Of;
}
