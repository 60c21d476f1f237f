import {mapScale, NO_LABEL, pictureRange, samplePicture} from '../../../shared/index.js';
import type {FeatureMaps} from '../../api/feature-maps.js';
import {pictureSheet} from '../../charts/picture-sheet.js';
import type {Theme} from '../../charts/palette.js';
import {className, metric} from '../../model/format.js';
import {pixelTable} from '../../model/pixel-table.js';
import {mapsText} from '../../model/query-texts.js';
import type {PanelContent} from '../../kit/panel-export.js';
import type {Capacity, PairSamples} from '../../state/capacity.js';
import {primaryRun} from '../../state/runs.js';
import {classes, detail} from '../../state/run-detail.js';

/** Both channels of the chosen cell for a file: their maps beside the inputs, and the query of their capacity. */
export function pairContent(
  {inputs, from, to, cell, layers, epoch, shown}: PairSamples,
  capacity: Capacity | null,
): Omit<PanelContent, 'subtitle'> | null {
  const input = detail.value.value?.info.layers[0];
  if (!input || inputs.length === 0) return null;
  const names = [`${layers[0]} · ${cell.from}`, `${layers[1]} · ${cell.to}`] as const;
  const range = pictureRange(inputs.map(row => row.input));
  const isOfPair = capacity?.from === layers[0] && capacity.to === layers[1] && capacity.epoch === epoch;
  return {
    name: `pair-${layers[0]}-${cell.from}-${layers[1]}-${cell.to}`,
    title: `${names[0]} and ${names[1]}`,
    table: () =>
      pixelTable(inputs, [
        {
          name: 'input',
          shape: [...input.spatial, input.channels],
          of: new Map(inputs.map(row => [row.sample, row.input])),
        },
        {name: names[0], shape: from.shape, of: from.maps},
        {name: names[1], shape: to.shape, of: to.maps},
      ]),
    source: {
      queries: [
        mapsText({samples: shown, layer: layers[0], channel: cell.from, epoch}),
        mapsText({samples: shown, layer: layers[1], channel: cell.to, epoch}),
        ...(isOfPair ? [capacity.expression] : []),
      ],
    },
    facts: {
      ...{runs: [isOfPair ? capacity.run : (primaryRun.value?.id ?? '')], layers, epoch, unit: null},
      ...(isOfPair && {n: capacity.matrix.n, bins: capacity.matrix.bins}),
    },
    drawing: look => {
      const [a, b] = [drawnMaps(from, look), drawnMaps(to, look)];
      return pictureSheet(
        {
          heads: [
            {name: 'input', scale: `${metric(range[0])} … ${metric(range[1])}`},
            {name: names[0], scale: a.scale},
            {name: names[1], scale: b.scale},
          ],
          blocks: inputs.map(({sample, label, input: values}) => ({
            caption: captionOf(sample, label),
            pictures: [samplePicture(values, input, range), a.of(sample), b.of(sample)],
          })),
        },
        look,
      );
    },
  };
}

function captionOf(sample: number, label: number): string {
  return label === NO_LABEL ? `sample ${sample}` : `sample ${sample} · ${className(classes.value, label)}`;
}

function drawnMaps({shape, maps}: FeatureMaps, look: Theme) {
  const {limit, isSigned, draw} = mapScale(maps.values(), look.name);
  return {
    scale: `${isSigned ? metric(-limit) : 0} … ${metric(limit)}`,
    of: (sample: number) => {
      const map = maps.get(sample);
      return map && draw(map, shape);
    },
  };
}
