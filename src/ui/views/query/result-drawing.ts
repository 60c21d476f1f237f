import {brightIsLittle, mapScale, type Picture} from '../../../shared/index.js';
import {barPaint} from '../../charts/bar-spec.js';
import {chartFont, type Paint} from '../../charts/canvas.js';
import type {Drawing} from '../../charts/drawing.js';
import {gridPaint} from '../../charts/grid-paint.js';
import {linePaint} from '../../charts/line-paint.js';
import {canvasOfPicture} from '../../charts/picture-sheet.js';
import type {Theme} from '../../charts/palette.js';
import type {FigureKey} from '../../model/figure.js';
import {bits, metric} from '../../model/format.js';
import type {ResultMap, ResultPicture} from '../../model/result-picture.js';
import {barSpecOf, gridSpecOf, lineSpecOf} from './result-specs.js';

/** Sizes in CSS pixels. */
const width = 960;
const map = {side: 96, gap: 12, caption: 18};

/** The drawing of an answer, for a file. */
export function resultDrawing(picture: ResultPicture, look: Theme): Drawing {
  switch (picture.kind) {
    case 'lines':
      return {width, height: 360, paint: linePaint(lineSpecOf(picture, look), look)};
    case 'bars':
      return {width, height: 360, paint: barPaint(barSpecOf(picture, look), look)};
    case 'grid':
      return {
        ...{width, height: 480},
        paint: gridPaint(gridSpecOf(picture), {tallest: 360, cell: null}, {theme: look}),
      };
    case 'maps':
      return mapSheet(picture.maps, look);
    case 'number':
      return {width: 320, height: 48, paint: textPaint(bits(picture.value), look)};
    case 'none':
      return {width, height: 48, paint: textPaint(picture.why, look)};
  }
}

/** Lines that a legend names; more of them say nothing that the table does not say better. */
const namedLines = 40;

/** Legends and scales of an answer's drawing. */
export function resultKeys(picture: ResultPicture, look: Theme): FigureKey[] {
  switch (picture.kind) {
    case 'lines': {
      const {series} = lineSpecOf(picture, look);
      const more = series.length - namedLines;
      return [
        {kind: 'names', items: series.slice(0, namedLines)},
        ...(more > 0 ? [{kind: 'note', text: `and ${more} more`} as const] : []),
      ];
    }
    case 'grid': {
      const {domain} = gridSpecOf(picture).grid;
      const high = `${domain[1].toFixed(2)} bits, brighter is less`;
      return [{kind: 'scale', stops: brightIsLittle(look.name), low: '0', high}];
    }
    case 'maps': {
      const {limit, isSigned} = mapScale(
        picture.maps.map(({values}) => values),
        look.name,
      );
      return [{kind: 'note', text: `one scale: ${isSigned ? metric(-limit) : 0} to ${metric(limit)}`}];
    }
    default:
      return [];
  }
}

/** The maps of an answer, all on one scale. */
export function drawMaps(maps: readonly ResultMap[], look: Theme): Picture[] {
  const {draw} = mapScale(
    maps.map(({values}) => values),
    look.name,
  );
  return maps.map(({values, shape}) => draw(values, shape));
}

/** Maps in rows, each over its name. */
function mapSheet(maps: readonly ResultMap[], look: Theme): Drawing {
  const across = Math.floor((width + map.gap) / (map.side + map.gap));
  const down = map.side + map.caption + map.gap;
  const pictures = drawMaps(maps, look).map(canvasOfPicture);
  return {
    width,
    height: Math.ceil(maps.length / across) * down,
    paint: pen => {
      pen.imageSmoothingEnabled = false;
      pen.fillStyle = look.inkSoft;
      pen.font = chartFont(11);
      pen.textBaseline = 'top';
      pictures.forEach((canvas, i) => {
        const [x, y] = [(i % across) * (map.side + map.gap), Math.floor(i / across) * down];
        const scale = map.side / Math.max(canvas.width, canvas.height);
        pen.drawImage(canvas, x, y, canvas.width * scale, canvas.height * scale);
        pen.fillText(maps[i]?.label ?? '', x, y + map.side + 3, map.side);
      });
    },
  };
}

function textPaint(text: string, look: Theme): Paint {
  return pen => {
    pen.fillStyle = look.ink;
    pen.font = chartFont(16);
    pen.textBaseline = 'top';
    pen.fillText(text, 0, 8);
  };
}
