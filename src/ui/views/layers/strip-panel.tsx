import {useLayoutEffect, useMemo, useRef} from 'preact/hooks';
import {chartFont} from '../../charts/canvas.js';
import type {Drawing} from '../../charts/drawing.js';
import type {Grid} from '../../../shared/index.js';
import {SmallHeatmap} from '../../charts/small-heatmap.js';
import {largestCapacity} from '../../model/capacity.js';
import {bits} from '../../model/format.js';
import type {TableData} from '../../model/table-text.js';
import {Panel} from '../../kit/panel.js';
import {scrollWithin} from '../../kit/scroll-within.js';
import {heatmapRaster} from '../../charts/heatmap-spec.js';
import type {Theme} from '../../charts/palette.js';
import {theme} from '../../kit/theme.js';
import type {Capacity} from '../../state/capacity.js';
import type {Resource} from '../../state/resource.js';
import {capacityGrid, capacityScale} from './capacity-picture.js';
import * as styles from './strip-panel.module.css';

export interface StripPanelProps {
  title: string;
  subtitle: string;
  name: string;
  id: string;
  /** The epoch of all of them; null if each is of another one. */
  epoch: number | null;
  /** The query that gives all of them. */
  queries: string[];
  waitsFor: Resource<Capacity[]>;
  /** The difference between one picture and the next. */
  caption: (entry: Capacity) => string;
  isCurrent: (entry: Capacity) => boolean;
  onPick: (entry: Capacity) => void;
}

/** Small heatmaps in a row at one colour scale, each with its mean; one can be chosen. */
export function StripPanel(props: StripPanelProps) {
  const {title, subtitle, name, id, epoch, queries, waitsFor, caption, isCurrent, onPick} = props;
  const entries = waitsFor.value.value;
  const largest = useMemo(() => largestCapacity((entries ?? []).map(({matrix}) => matrix)), [entries]);
  const pictures = useMemo(() => {
    return (entries ?? []).map(entry => ({
      entry,
      text: caption(entry),
      mean: meanOf(entry.matrix.bits),
      grid: capacityGrid(entry.matrix, largest),
    }));
  }, [entries]);
  const look = theme.value;
  const strip = useRef<HTMLOListElement>(null);
  const current = pictures.findIndex(({entry}) => isCurrent(entry));
  useLayoutEffect(() => {
    scrollWithin(strip.current, strip.current?.children[current]);
  }, [current, pictures.length]);
  return (
    <Panel
      title={title}
      id={id}
      subtitle={subtitle}
      waitsFor={waitsFor}
      content={
        entries && {
          name,
          table: () => stripTable(entries),
          source: {queries},
          allValues: () => stripValues(entries),
          measures: ['channel-capacity'],
          facts: {
            runs: entries.slice(0, 1).map(({run}) => run),
            layers: [...new Set(entries.flatMap(({from, to}) => [from, to]))],
            ...{epoch, n: entries[0]?.matrix.n ?? null, bins: entries[0]?.matrix.bins ?? null, unit: 'bits'},
          },
          keys: to => [capacityScale(largest, to)],
          drawing: to => stripDrawing(pictures, to),
        }
      }
    >
      <ol
        class={styles.pictures}
        ref={strip}
        onFocusIn={event => scrollWithin(strip.current, event.target as Element)}
      >
        {pictures.map(({entry, text, grid, mean}) => (
          <li key={text}>
            <button
              type="button"
              aria-pressed={isCurrent(entry)}
              title={`${text}: mean ${bits(mean)}`}
              onClick={() => onPick(entry)}
            >
              <SmallHeatmap label={`Capacities, ${text}`} grid={grid} theme={look} />
              <span>{text}</span>
              <small>{meanText(mean)}</small>
            </button>
          </li>
        ))}
      </ol>
    </Panel>
  );
}

function meanOf(values: Float64Array): number | null {
  let [sum, known] = [0, 0];
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    sum += value;
    known++;
  }
  return known === 0 ? null : sum / known;
}

function meanText(mean: number | null): string {
  return mean === null ? 'undefined' : `${mean.toFixed(2)} bits`;
}

function stripTable(entries: readonly Capacity[]): TableData {
  return {
    columns: ['epoch', 'from', 'to', 'mean bits'],
    rows: entries.map(({epoch, from, to, matrix}) => [epoch, from, to, meanOf(matrix.bits)]),
  };
}

/** Every value of every picture. */
function stripValues(entries: readonly Capacity[]): TableData {
  return {
    columns: ['epoch', 'from', 'to', 'from channel', 'to channel', 'bits'],
    rows: entries.flatMap(({epoch, from, to, matrix: {columns, bits: values}}) =>
      Array.from(values, (value, at) => [
        ...[epoch, from, to, Math.floor(at / columns), at % columns],
        Number.isNaN(value) ? null : value,
      ]),
    ),
  };
}

/** Side of a picture in a file, CSS pixels. */
const side = 160;

function stripDrawing(
  pictures: readonly {text: string; mean: number | null; grid: Grid}[],
  look: Theme,
): Drawing {
  return {
    width: pictures.length * (side + 12),
    height: side + 36,
    paint: context => {
      context.imageSmoothingEnabled = false;
      context.font = chartFont(11);
      context.textBaseline = 'top';
      pictures.forEach(({text, mean, grid}, i) => {
        const left = i * (side + 12);
        context.drawImage(heatmapRaster(grid, look), left, 0, side, side);
        context.fillStyle = look.ink;
        context.fillText(text, left, side + 6, side);
        context.fillStyle = look.inkFaint;
        context.fillText(meanText(mean), left, side + 20);
      });
    },
  };
}
