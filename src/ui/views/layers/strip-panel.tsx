import {useMemo} from 'preact/hooks';
import {SmallHeatmap} from '../../charts/small-heatmap.js';
import {largestCapacity} from '../../model/capacity.js';
import {bits} from '../../model/format.js';
import type {TableData} from '../../model/table-text.js';
import {Panel} from '../../shell/panel.js';
import {heatmapRaster} from '../../charts/heatmap-spec.js';
import type {Theme} from '../../charts/palette.js';
import {theme} from '../../shell/theme.js';
import type {Capacity} from '../../state/capacity.js';
import type {Resource} from '../../state/resource.js';
import {capacityGrid} from './capacity-picture.js';

export interface StripPanelProps {
  title: string;
  subtitle: string;
  name: string;
  waitsFor: Resource<Capacity[]>;
  /** What tells one picture from the next. */
  caption: (entry: Capacity) => string;
  isCurrent: (entry: Capacity) => boolean;
  onPick: (entry: Capacity) => void;
}

/** Small heatmaps in a row at one colour scale, each with its mean; one can be chosen. */
export function StripPanel({title, subtitle, name, waitsFor, caption, isCurrent, onPick}: StripPanelProps) {
  const entries = waitsFor.value.value;
  const pictures = useMemo(() => {
    const largest = largestCapacity((entries ?? []).map(({matrix}) => matrix));
    return (entries ?? []).map(entry => ({
      entry,
      mean: meanOf(entry.matrix.bits),
      grid: capacityGrid(entry.matrix, largest),
    }));
  }, [entries]);
  const look = theme.value;
  return (
    <Panel
      title={title}
      class="capacity-strip"
      subtitle={subtitle}
      waitsFor={waitsFor}
      content={
        entries && {
          name,
          table: () => stripTable(entries),
          picture: to => Promise.resolve(stripPicture(pictures, to)),
        }
      }
    >
      <ol class="heat-strip">
        {pictures.map(({entry, grid, mean}) => (
          <li key={caption(entry)}>
            <button
              type="button"
              aria-pressed={isCurrent(entry)}
              title={`${caption(entry)}: mean ${bits(mean)}`}
              onClick={() => onPick(entry)}
            >
              <SmallHeatmap label={`Capacities, ${caption(entry)}`} grid={grid} theme={look} />
              <span>{caption(entry)}</span>
              <small>{mean === null ? 'undefined' : `${mean.toFixed(2)} bits`}</small>
            </button>
          </li>
        ))}
      </ol>
    </Panel>
  );
}

function meanOf(values: Float64Array): number | null {
  const known = values.filter(value => !Number.isNaN(value));
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}

function stripTable(entries: readonly Capacity[]): TableData {
  return {
    columns: ['epoch', 'from', 'to', 'mean bits'],
    rows: entries.map(({epoch, from, to, matrix}) => [epoch, from, to, meanOf(matrix.bits)]),
  };
}

/** Side of a picture in a file, pixels. */
const side = 160;

function stripPicture(
  pictures: readonly {grid: Parameters<typeof heatmapRaster>[0]}[],
  look: Theme,
): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = pictures.length * (side + 12);
  canvas.height = side;
  const context = canvas.getContext('2d');
  if (!context) return canvas;
  context.imageSmoothingEnabled = false;
  pictures.forEach(({grid}, i) => {
    context.drawImage(heatmapRaster(grid, look), i * (side + 12), 0, side, side);
  });
  return canvas;
}
