import {mapScale, pictureRange, samplePicture, type LayerInfo, type Picture} from '../../shared/index.js';
import {Canvas, LINE, textWidth} from './canvas.js';
import {evenSample} from './even-sample.js';
import {CARD_WIDTH, ink} from './look.js';
import {mapValues, shrinkMaps} from './shrink-maps.js';

/** Maximum number of channels shown; larger layers are sampled at even intervals. */
const MAX_CHANNELS = 64;
const GAP = 4;
/** Longest side of a tile, pixels, six to a row: small maps are drawn larger, large ones averaged. */
const TILE = Math.floor((CARD_WIDTH - GAP) / 6) - GAP;

/** Maps of one layer for one sample. */
export interface SampleMaps {
  layer: LayerInfo;
  /** [pixels, channels], row-major. */
  maps: Float32Array;
  /** Inputs of the model. */
  input: {layer: LayerInfo; values: Float32Array};
  /** The sample in words. */
  caption: string;
}

/**
 * Draws the feature maps of a layer side by side, row by row, on one scale: from black, 0, to white; with values below 0
 * from blue to orange, and what is pale is 0. That a map is dark where another is bright is meant.
 */
export function featureSheet({layer, maps, input, caption}: SampleMaps): Picture {
  const {tiles, scale} = tilesOf(layer, maps);
  const {width, height} = tiles[0] as Picture;
  const zoom = Math.max(1, Math.floor(TILE / Math.max(width, height)));
  const [tileWidth, tileHeight] = [width * zoom + GAP, height * zoom + GAP];
  const columns = Math.floor((CARD_WIDTH - GAP) / tileWidth);
  const captions = [
    `${layer.name}  ${[...layer.spatial, layer.channels].join(' x ')}`,
    caption,
    scale,
    ...(tiles.length < layer.channels ? [`${tiles.length} of ${layer.channels} channels`] : []),
  ];
  const shown = inputPicture(input);
  const inputZoom = Math.max(1, Math.round(TILE / Math.max(shown.width, shown.height)));
  const left = shown.width * inputZoom + 2 * GAP;
  const head = Math.max(shown.height * inputZoom, captions.length * (LINE + GAP) - GAP);
  const canvas = new Canvas(
    Math.max(CARD_WIDTH, left + Math.max(...captions.map(textWidth)) + GAP),
    head + 3 * GAP + Math.ceil(tiles.length / columns) * tileHeight,
  );
  canvas.draw(shown, GAP, GAP, inputZoom);
  captions.forEach((line, i) => canvas.text(line, left, GAP + i * (LINE + GAP), {ink}));
  tiles.forEach((tile, i) => {
    const y = head + 3 * GAP + Math.floor(i / columns) * tileHeight;
    canvas.draw(tile, GAP + (i % columns) * tileWidth, y, zoom);
  });
  return canvas;
}

function tilesOf(layer: LayerInfo, maps: Float32Array): {tiles: Picture[]; scale: string} {
  const shrunk = evenSample(layer.channels, MAX_CHANNELS).map(channel =>
    shrinkMaps(mapValues(maps, layer), TILE, [channel]),
  );
  const {limit, isSigned, draw} = mapScale(
    shrunk.map(({values}) => values),
    'light',
  );
  const tiles = shrunk.map(({values, width, height}) => draw(values, [height, width]));
  const size = limit.toPrecision(3);
  if (limit === 0) return {tiles, scale: 'all 0'};
  return {tiles, scale: isSigned ? `blue -${size}, orange ${size}` : `black 0, white ${size}`};
}

function inputPicture({layer, values}: SampleMaps['input']): Picture {
  const {width, height, channels, values: shrunk} = shrinkMaps(mapValues(values, layer), TILE);
  return samplePicture(shrunk, {spatial: [height, width], channels}, pictureRange([values]));
}
