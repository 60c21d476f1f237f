import {brightIsLittle} from '../../../shared/index.js';
import {useMemo} from 'preact/hooks';
import type {GridPoint} from '../../charts/grid-canvas.js';
import type {GridCell, GridPlace} from '../../charts/grid-layout.js';
import {Heatmap, tallestHeatmap} from '../../charts/heatmap.js';
import {heatmapDrawing} from '../../charts/heatmap-spec.js';
import {turned, turnedPlace} from '../../charts/turned.js';
import {tip} from '../../charts/tooltip.js';
import type {CapacityMatrix} from '../../../shared/capacity-matrix.js';
import {
  largestCapacity,
  orderCapacity,
  profileOf,
  type CapacityOrder,
  type CapacityOrders,
} from '../../model/capacity.js';
import type {FigureKey} from '../../model/figure.js';
import {bits, className, count} from '../../model/format.js';
import {Panel} from '../../kit/panel.js';
import {Segmented} from '../../kit/segmented.js';
import {theme} from '../../kit/theme.js';
import {capacity, capacityOverTime, capacityProgress, type Capacity} from '../../state/capacity.js';
import {roomFor} from '../../state/layout.js';
import {classes} from '../../state/run-detail.js';
import {update, view} from '../../state/view-state.js';
import {capacityScale, capacitySpec, capacityTable, cellOf, channelsOf} from './capacity-picture.js';
import * as styles from './heatmap-panel.module.css';

/** The capacity of every channel pair of the chosen layers; a cell opens the maps of both channels. */
export function HeatmapPanel() {
  const loaded = capacity.value.value;
  const [rows, columns] = [view.rowOrder.value, view.columnOrder.value];
  const orders = useMemo(
    () => loaded && orderCapacity(loaded.matrix, {rows, columns}),
    [loaded, rows, columns],
  );
  const largest = loaded ? scaleEnd(loaded) : 0;
  const spec = useMemo(
    () => loaded && orders && capacitySpec(loaded, orders, largest),
    [loaded, orders, largest],
  );
  const isAcross = view.capacityAxes.value === 'across';
  const drawn = useMemo(() => (spec && isAcross ? turned(spec) : spec), [spec, isAcross]);
  const drawnPlace = isAcross ? turnedPlace : <Place extends GridPlace>(place: Place): Place => place;
  const hasUndefined = useMemo(() => loaded?.matrix.bits.some(Number.isNaN) ?? false, [loaded]);
  const orderOf = {
    rows: {name: orderNames[rows], onNext: () => (view.rowOrder.value = nextOrder(rows))},
    columns: {name: orderNames[columns], onNext: () => (view.columnOrder.value = nextOrder(columns))},
  };
  const placeOf = (of: {from: number; to: number}): GridCell | null => {
    const cell = orders && cellOf(orders, of);
    return cell && drawnPlace(cell);
  };
  const look = theme.value;
  const pair = view.pair.value;
  return (
    <Panel
      title={loaded ? `Channel capacity, ${loaded.from} and ${loaded.to}` : 'Channel capacity'}
      id="capacity"
      subtitle={loaded ? subtitleOf(loaded) : ''}
      waitsFor={capacity}
      doing={capacityProgress.value}
      content={
        loaded &&
        drawn && {
          name: `capacity-${loaded.from}-${loaded.to}`,
          table: () => capacityTable(loaded),
          source: {queries: [loaded.expression]},
          measures: ['channel-capacity'],
          facts: {
            ...{runs: [loaded.run], layers: [loaded.from, loaded.to], epoch: loaded.epoch, unit: 'bits'},
            ...{n: loaded.matrix.n, bins: loaded.matrix.bins},
          },
          keys: to => [
            capacityScale(largest, to),
            ...marksKey({hasUndefined, struck: drawn.struck, permutations: loaded.matrix.permutations}),
            {
              kind: 'note',
              text: `${loaded.from} by ${orderNames[rows]}, ${loaded.to} by ${orderNames[columns]}`,
            },
          ],
          drawing: to => heatmapDrawing(drawn, 760, tallestHeatmap, {theme: to}),
        }
      }
    >
      {loaded && drawn && orders && (
        <>
          <Switches />
          <Heatmap
            tallest={roomFor('capacity', tallestHeatmap)}
            label={`Channel capacity of ${loaded.from} and ${loaded.to}`}
            spec={drawn}
            theme={look}
            selected={pair && placeOf(pair)}
            pinned={view.pins.value.flatMap(pin => placeOf(pin) ?? [])}
            describe={cell => inWords(loaded, orders, drawnPlace(cell))}
            onHover={at => (tip.value = at && {...tipOf(loaded, orders, drawnPlace(at)), x: at.x, y: at.y})}
            onPick={cell => (view.pair.value = channelsOf(orders, drawnPlace(cell)))}
            orders={isAcross ? {rows: orderOf.columns, columns: orderOf.rows} : orderOf}
          />
          <Scale
            largest={largest}
            undefinedCells={hasUndefined}
            struck={drawn.struck}
            permutations={loaded.matrix.permutations}
          />
        </>
      )}
    </Panel>
  );
}

const orderNames: Record<CapacityOrder, string> = {natural: 'index', mean: 'mean', max: 'max'};

function nextOrder(order: CapacityOrder): CapacityOrder {
  const all = Object.keys(orderNames) as CapacityOrder[];
  return all[(all.indexOf(order) + 1) % all.length] ?? 'natural';
}

/** One scale for the run reaches to the largest capacity that is known of it. */
function scaleEnd(loaded: Capacity): number {
  const overTime = view.capacityScale.value === 'run' ? (capacityOverTime.value.value ?? []) : [];
  const same = overTime.filter(({run, from, to}) => {
    return run === loaded.run && from === loaded.from && to === loaded.to;
  });
  return largestCapacity([loaded.matrix, ...same.map(({matrix}) => matrix)]);
}

function Switches() {
  const [rows, columns] = [view.rowOrder.value, view.columnOrder.value];
  return (
    <div class={styles.switches}>
      <Segmented
        label="Order of the channels"
        value={rows === columns ? rows : null}
        choices={[
          ['natural', 'By index'],
          ['mean', 'By mean'],
          ['max', 'By largest'],
        ]}
        onChange={choice => update({rowOrder: choice, columnOrder: choice})}
      />
      <Segmented
        label="Colour scale"
        value={view.capacityScale.value}
        choices={[
          ['run', 'All epochs'],
          ['epoch', 'This epoch'],
        ]}
        onChange={choice => (view.capacityScale.value = choice)}
      />
      <Segmented
        label="First layer"
        value={view.capacityAxes.value}
        choices={[
          ['down', 'First layer down'],
          ['across', 'Across'],
        ]}
        onChange={choice => (view.capacityAxes.value = choice)}
      />
      <label class={styles.option}>
        <input
          type="checkbox"
          checked={view.baseline.value}
          onChange={event => (view.baseline.value = event.currentTarget.checked)}
        />
        compare with chance
      </label>
    </div>
  );
}

function Scale({
  largest,
  undefinedCells,
  struck,
  permutations,
}: {
  largest: number;
  undefinedCells: boolean;
  struck: Uint8Array | null;
  permutations: number;
}) {
  const stops = brightIsLittle(theme.value.name).join(', ');
  return (
    <p class={styles.scale}>
      <span>0</span>
      <i class={styles.ramp} style={{backgroundImage: `linear-gradient(to right, ${stops})`}} />
      <span>{largest.toFixed(2)} bits, brighter is less</span>
      {undefinedCells && (
        <span>
          <i class={styles.hatched} /> undefined
        </span>
      )}
      {struck && <span>{chanceText(struck, permutations)}</span>}
    </p>
  );
}

function chanceText(struck: Uint8Array, permutations: number): string {
  const beyond = struck.filter(cell => cell === 0).length;
  const within = `• within chance (${permutations} shuffles, false discovery rate 5 %)`;
  return `${within}; ${count(beyond)} of ${count(struck.length)} are beyond`;
}

/** What the marks in cells mean, for a picture file. */
function marksKey({
  hasUndefined,
  struck,
  permutations,
}: {
  hasUndefined: boolean;
  struck: Uint8Array | null;
  permutations: number;
}): FigureKey[] {
  const texts = [
    ...(hasUndefined ? ['hatched: undefined'] : []),
    ...(struck ? [chanceText(struck, permutations)] : []),
  ];
  return texts.map(text => ({kind: 'note', text}));
}

function subtitleOf({epoch, matrix}: Capacity): string {
  const index = view.focusClass.value;
  const what = index === null ? 'all classes' : `class ${className(classes.value, index)}`;
  return (
    `epoch ${epoch} · ${what} · N = ${matrix.n ?? '?'}, ${count(matrix.pairs ?? 0)} pairs, ${matrix.bins ?? '?'} bins · ` +
    'bars: mean or largest capacity of a channel; pointed at: its profile'
  );
}

function valueAt(matrix: CapacityMatrix, {from, to}: {from: number; to: number}): number | null {
  return known(matrix.bits[from * matrix.columns + to]);
}

function inWords(loaded: Capacity, orders: CapacityOrders, cell: GridCell): string {
  const pair = channelsOf(orders, cell);
  return `${loaded.from} channel ${pair.from}, ${loaded.to} channel ${pair.to}: ${bits(valueAt(loaded.matrix, pair))}`;
}

function tipOf(loaded: Capacity, orders: CapacityOrders, {row, column, cells}: GridPoint) {
  if (row !== null && column !== null) return tipOfPair(loaded, channelsOf(orders, {row, column}), cells);
  const {from, to, epoch, matrix} = loaded;
  const channel = Number(row === null ? orders.columns[column ?? 0] : orders.rows[row]);
  const profile = profileOf(matrix, row === null ? {column: channel} : {row: channel});
  const other = row === null ? from : to;
  const entropy = (row === null ? matrix.hy : matrix.hx)[channel];
  return {
    title: `${row === null ? to : from} · ${channel} · epoch ${epoch}`,
    lines: [
      {label: `mean with ${other}`, value: bits(profile?.mean ?? null), strong: true},
      ...(profile
        ? [{label: `most, with ${other} · ${profile.most.channel}`, value: bits(profile.most.bits)}]
        : []),
      {label: 'entropy of its distances', value: bits(known(entropy))},
    ],
  };
}

function tipOfPair({from, to, epoch, matrix}: Capacity, pair: {from: number; to: number}, cells: number) {
  const p = matrix.p?.[pair.from * matrix.columns + pair.to];
  return {
    title: `${from} · ${pair.from} and ${to} · ${pair.to} · epoch ${epoch}`,
    lines: [
      {label: 'capacity', value: bits(valueAt(matrix, pair)), strong: true},
      {label: `H(${from} ${pair.from})`, value: bits(known(matrix.hx[pair.from]))},
      {label: `H(${to} ${pair.to})`, value: bits(known(matrix.hy[pair.to]))},
      ...(p === undefined ? [] : [{label: `p, of ${matrix.permutations} shuffles`, value: p.toFixed(3)}]),
      {label: 'N, pairs, bins', value: `${matrix.n}, ${count(matrix.pairs ?? 0)}, ${matrix.bins}`},
      ...(cells > 1 ? [{label: 'largest in this pixel, of', value: `${cells} pairs`}] : []),
    ],
  };
}

function known(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value;
}
