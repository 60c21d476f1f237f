import {NO_LABEL} from '../../../shared/index.js';
import {captioned, stacked} from '../../charts/drawing.js';
import {linePaint} from '../../charts/line-paint.js';
import {pictureSheet} from '../../charts/picture-sheet.js';
import type {ChannelCurves, LayerChannels} from '../../model/channels.js';
import {className} from '../../model/format.js';
import {pixelTable} from '../../model/pixel-table.js';
import {entropyText, mapsText} from '../../model/query-texts.js';
import type {TableData} from '../../model/table-text.js';
import type {PanelContent} from '../../kit/panel-export.js';
import type {ChannelPictures, ChannelSamples} from '../../state/channel-tables.js';
import {classes, detail} from '../../state/run-detail.js';
import {view} from '../../state/view-state.js';
import {curveSpec} from './channel-curve.js';
import {captionOf, picturesOf} from './channel-samples.js';
import {classKey} from '../class-legend.js';

/** What the drawer of a channel shows, as it was loaded. */
export interface OpenedChannel {
  run: string;
  layer: string;
  epoch: number;
  curves: ChannelCurves;
  shaped: LayerChannels;
  samples: ChannelSamples | null;
  pictures: ChannelPictures | null;
}

/** An opened channel for a file: its entropy over time, of every class, and its samples. */
export function channelContent(opened: OpenedChannel): Omit<PanelContent, 'subtitle'> {
  const {run, layer, epoch, curves, shaped, samples} = opened;
  const {channel} = curves;
  const part = {layers: [layer], channels: [channel]};
  const shown = samples?.shown ?? [];
  return {
    name: `channel-${layer}-${channel}`,
    title: `${layer} · channel ${channel}`,
    table: () => channelValues(opened),
    source: {
      queries: [
        entropyText(part),
        entropyText({...part, class: 'each'}),
        ...(shown.length > 0 ? [mapsText({samples: shown, layer, channel, epoch})] : []),
      ],
    },
    facts: {
      ...{
        runs: [run],
        layers: [layer],
        epoch,
        n: shaped.samples,
        bins: shaped.bins.join(' / '),
        unit: 'bits',
      },
    },
    keys: look => [classKey(look)],
    drawing: look => {
      const paint = linePaint(
        curveSpec({...curves}, {epochs: shaped.epochs, shown: view.samplesOf.value, look}),
        look,
      );
      const curve = captioned('mean entropy, bits; band: ± std', {width: 720, height: 140, paint}, look);
      const sheet = sheetOf(opened);
      return sheet === null ? curve : stacked([curve, pictureSheet(sheet(look), look)]);
    },
  };
}

function sheetOf({samples, pictures}: OpenedChannel) {
  if (!samples || samples.inputs.length === 0) return null;
  return (look: Parameters<PanelContent['drawing']>[0]) => {
    const columns = picturesOf(samples, pictures, look);
    return {
      heads: columns.map(({name, scale}) => ({name, scale})),
      blocks: samples.inputs.map(row => ({
        caption: captionOf(samples, row),
        pictures: columns.map(({of}) => of.get(row.sample)),
      })),
    };
  };
}

/** The entropies of every class and epoch, then every pixel of the samples. */
function channelValues({curves, shaped, samples, pictures, epoch}: OpenedChannel): TableData {
  const names = classes.value;
  const entropies = curves.lines.flatMap(line =>
    shaped.epochs.flatMap((at, i) =>
      (['mean', 'std'] as const).map(what => [
        `${what} of the entropy, bits`,
        line.class === null ? 'all' : className(names, line.class),
        ...[at, null, null, null, line[what][i] ?? null],
      ]),
    ),
  );
  const input = detail.value.value?.info.layers[0];
  const pixels = pixelTable(samples?.inputs ?? [], [
    {
      name: 'input',
      shape: input ? [...input.spatial, input.channels] : [],
      of: new Map(samples?.inputs.map(row => [row.sample, row.input])),
    },
    ...(pictures ? [{name: 'feature map', shape: pictures.maps.shape, of: pictures.maps.maps}] : []),
    ...(pictures?.projections ? [{name: 'projection', ...pictures.projections}] : []),
  ]);
  return {
    columns: ['what', 'class', 'epoch', 'sample', 'shape', 'index', 'value'],
    rows: [
      ...entropies,
      ...pixels.rows.map(([sample, label, picture, shape, index, value]) => {
        const known = label === null || label === NO_LABEL ? null : className(names, Number(label));
        return [picture, known, epoch, sample, shape, index, value].map(cell => cell ?? null);
      }),
    ],
  };
}
