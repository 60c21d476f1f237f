import type {Cut} from './cut.js';
import {className, plural} from './format.js';
import {spansOf, type Span} from './span.js';
import type {RunAxes} from './view-of-query.js';

/** The layers and channels of a cut: `conv2d_1..conv2d_2 · channels 4..11`. */
export function layersInWords({layers}: Cut, axes: RunAxes): string {
  const name = (index: number) => axes.layers[index]?.name ?? String(index);
  if (layers.size === 0) return 'from the predictions';
  const all = layers.size === axes.layers.length;
  const named = all
    ? 'all layers'
    : spansOf([...layers.keys()])
        .map(span => rangeText(span, name))
        .join(', ');
  const [channels] = layers.values();
  const isAll = [...layers.values()].every(chosen => chosen === null);
  if (isAll || !channels) return `${named} · all channels`;
  return `${named} · ${channels.length === 1 ? 'channel' : 'channels'} ${spansOf(channels)
    .map(span => rangeText(span, String))
    .join(', ')}`;
}

/** The classes of a cut. */
export function classesInWords({classes}: Cut, axes: RunAxes): string {
  if (classes === null) return 'all together';
  if (classes.length === axes.classes.length) return 'each';
  return spansOf(classes)
    .map(span => rangeText(span, index => className(axes.classes, index)))
    .join(', ');
}

/** The epochs of a cut. */
export function epochsInWords({epochs}: Cut, axes: RunAxes): string {
  if (epochs.length === axes.epochs.length && epochs.length > 1) return `all ${epochs.length}`;
  if (epochs.length <= 1) return String(epochs[0] ?? 'none');
  const [first, last] = [epochs[0], epochs.at(-1)];
  const between = axes.epochs.filter(epoch => epoch >= Number(first) && epoch <= Number(last));
  return between.length === epochs.length ? `${first}..${last}` : plural(epochs.length, 'epoch');
}

function rangeText({from, to}: Span, name: (index: number) => string): string {
  return from === to ? name(from) : `${name(from)}..${name(to)}`;
}
