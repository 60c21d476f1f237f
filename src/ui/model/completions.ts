import type {CompletionKind} from '../../shared/index.js';
import {completeQuery} from '../../shared/notation/complete-query.js';
import {LAYER_MEASURES} from '../../shared/layer-measures.js';
import {layerAliases} from '../../shared/layer-alias.js';
import {printName} from '../../shared/notation/print-query.js';
import type {RunAxes} from './view-of-query.js';

/** A replacement for `from..to`. */
export interface Suggestion {
  from: number;
  to: number;
  text: string;
  /** Description shown next to it. */
  detail: string;
}

const details: Record<CompletionKind, string> = {
  function: 'measure',
  option: 'option',
  value: '',
  layer: 'layer',
  class: 'class',
  epoch: 'epoch',
  channel: 'channel',
  sample: 'samples',
  aggregate: 'aggregate',
  axis: 'axis',
};

const explained: Record<string, string> = {
  'H(': 'entropy of maps, or of classes',
  'Hx(': 'entropy between samples',
  ...Object.fromEntries(
    LAYER_MEASURES.flatMap(({name, title}) => (name === undefined ? [] : [[`${name}(`, title]])),
  ),
  'C(': 'capacity of channel pairs',
  'dCNN(': 'a slice of the network',
  'label | y': 'of the label, given the prediction',
  'y | label': 'of the prediction, given the label',
  'label=': 'samples of a class',
  '*': 'all',
};

/** More than a list should hold. */
const most = 40;

/**
 * Completes an expression at a position, with the run's own layers, classes, epochs and channels.
 *
 * @param position - Of the cursor, in UTF-16 units.
 */
export function suggestions(text: string, position: number, axes: RunAxes): Suggestion[] {
  return completeQuery(text, position)
    .flatMap(({from, to, text: offered, kind}) => {
      if (offered !== '') return [{from, to, text: offered, detail: explained[offered] ?? details[kind]}];
      const typed = text.slice(from, position).replace(/^"/, '').toLowerCase();
      return ownNames(kind, axes, text.slice(0, from))
        .filter(own => own.text.toLowerCase().includes(typed) || own.detail.toLowerCase().includes(typed))
        .map(own => ({from, to, ...own}));
    })
    .filter(({from, to, text: offered}) => offered !== text.slice(from, to))
    .slice(0, most);
}

/** Other names of the layer by which it can be found. */
function aliasBeside(layers: RunAxes['layers'], index: number): string[] {
  const alias = layerAliases(layers)[index];
  return alias === undefined || layers.some(({name}) => name === alias) ? [] : [alias];
}

function ownNames(
  kind: CompletionKind,
  {layers, classes, epochs}: RunAxes,
  before: string,
): {text: string; detail: string}[] {
  const inRange = before.endsWith('..');
  switch (kind) {
    case 'layer':
      return layers.map(({name, className, channels}, index) => ({
        text: printName(name),
        detail: [className, channels, ...aliasBeside(layers, index)].join(' · '),
      }));
    case 'class':
      return classes.map((name, index) => ({
        text: String(index),
        detail: name === String(index) ? 'class' : name,
      }));
    case 'epoch': {
      const [first, last] = [epochs[0], epochs.at(-1)];
      const range =
        !inRange && first !== last ? [{text: `${first}..${last}`, detail: 'all captured epochs'}] : [];
      // The latest are asked for most.
      return [...range, ...epochs.toReversed().map(epoch => ({text: String(epoch), detail: 'epoch'}))];
    }
    case 'channel': {
      const channels = Math.max(0, ...layersBefore(before, layers).map(layer => layer.channels));
      if (channels === 0 || inRange) return [];
      return [{text: `0..${channels - 1}`, detail: 'every channel, one by one'}];
    }
    default:
      return [];
  }
}

/** The layer that the slice being written names, where it names one; else all of them. */
function layersBefore(before: string, layers: RunAxes['layers']): RunAxes['layers'] {
  const named = /,\s*("[^"]*"|[^,{}"]+)\s*,\s*\{?\s*$/.exec(before)?.[1]?.trim();
  const found = layers.filter(({name, index}) => printName(name) === named || String(index) === named);
  return found.length > 0 ? found : layers;
}
