import {useMemo} from 'preact/hooks';
import type {ConfusionRow, Table} from '../../../shared/index.js';
import {tablePath} from '../../api/client.js';
import {matrixPaint, type MatrixSpec} from '../../charts/matrix-spec.js';
import {Matrix} from '../../charts/matrix.js';
import type {Theme} from '../../charts/palette.js';
import {tip} from '../../charts/tooltip.js';
import {confusionMatrix, rowShares, type Confusion} from '../../model/confusion.js';
import type {FigureKey} from '../../model/figure.js';
import {className, count, percent} from '../../model/format.js';
import {tipsFrom} from '../../model/column-tips.js';
import type {TableData} from '../../model/table-text.js';
import {Panel} from '../../kit/panel.js';
import {Segmented} from '../../kit/segmented.js';
import {theme} from '../../kit/theme.js';
import {roomFor} from '../../state/layout.js';
import {confusion} from '../../state/performance-tables.js';
import {classes, detail} from '../../state/run-detail.js';
import {view} from '../../state/view-state.js';
import {toggleFocus} from '../class-legend.js';
import * as styles from './confusion-panel.module.css';

/** Cell size for ten classes with room for four digits, CSS pixels. */
const usualHeight = 330;

/** The confusion matrix at the clock's epoch; a cell opens its samples. */
export function ConfusionPanel() {
  const loaded = confusion.value.value;
  const names = classes.value;
  const mode = view.confusion.value;
  const matrix = useMemo(
    () => (loaded ? confusionMatrix(loaded.table, classCount(names, loaded.table)) : null),
    [loaded, names],
  );
  const spec = useMemo(() => matrix && matrixSpec(matrix, names, mode), [matrix, names, mode]);

  const describe = (row: number, column: number): string => cellText(matrix, names, row, column);
  const cell = view.cell.value;
  return (
    <Panel
      title="Confusion matrix"
      id="confusion"
      subtitle={matrix && loaded ? subtitleOf(matrix, loaded.epoch) : ''}
      waitsFor={confusion}
      content={
        loaded &&
        spec &&
        matrix && {
          name: 'confusion',
          table: () => confusionTable(matrix, names),
          source: {paths: [tablePath(loaded.run, 'confusion', {epoch: loaded.epoch})]},
          facts: {
            ...{runs: [loaded.run], epoch: loaded.epoch, n: matrix.total},
            unit: mode === 'counts' ? 'samples' : 'shares of the true class',
          },
          keys: look => [scaleKey(mode, spec.grid.domain[1], look)],
          drawing: look => ({width: 520, height: 480, paint: matrixPaint(spec, look)}),
        }
      }
      controls={
        <Segmented
          label="Cells show"
          value={mode}
          choices={[
            ['counts', 'Counts'],
            ['shares', 'Shares of row'],
          ]}
          onChange={choice => (view.confusion.value = choice)}
        />
      }
    >
      {spec && (
        <>
          <Matrix
            label="Confusion matrix, rows true, columns predicted"
            height={roomFor('confusion', usualHeight)}
            spec={spec}
            theme={theme.value}
            selected={cell && {row: cell.label, column: cell.predicted}}
            focus={view.focusClass.value}
            describe={describe}
            onHover={at => {
              tip.value = at && {
                x: at.event.clientX,
                y: at.event.clientY,
                title: `true ${className(names, at.row)} · predicted ${className(names, at.column)}`,
                lines: tipLines(matrix, at.row, at.column),
              };
            }}
            onPick={(label, predicted) => (view.cell.value = {label, predicted})}
            onFocusClass={toggleFocus}
          />
          <ScaleLegend mode={mode} high={spec.grid.domain[1]} />
        </>
      )}
    </Panel>
  );
}

function scaleKey(mode: 'counts' | 'shares', high: number, {scale, name}: Theme): FigureKey {
  return {
    ...{kind: 'scale', stops: scale, low: '0', high: mode === 'counts' ? `${count(high)} samples` : '100 %'},
    note: name === 'light' ? 'darker = more' : 'brighter = more',
  };
}

function ScaleLegend({mode, high}: {mode: 'counts' | 'shares'; high: number}) {
  return (
    <div class={styles.scale}>
      <span>0</span>
      <span class={styles.bar} />
      <span>{mode === 'counts' ? count(high) : '100 %'}</span>
      <span class="faint">{theme.value.name === 'light' ? 'darker' : 'brighter'} = more</span>
    </div>
  );
}

function subtitleOf(matrix: Confusion, epoch: number): string {
  const info = detail.value.value?.info;
  const source = info?.evaluation.source === 'evaluation' ? 'evaluation' : 'probe';
  const output = info?.probe.output?.name;
  const right = matrix.total > 0 ? ` · ${percent(matrix.correct / matrix.total)} correct` : '';
  return `epoch ${epoch} · N = ${count(matrix.total)} ${source}${right}${output ? ` · output ${output}` : ''}`;
}

function matrixSpec(matrix: Confusion, names: readonly string[], mode: 'counts' | 'shares'): MatrixSpec {
  const {classes: size, counts} = matrix;
  const shares = rowShares(matrix);
  const labels = Array.from({length: size}, (_, index) => className(names, index));
  // Counts are coloured on the scale of the fullest row, so that epochs of one run are comparable.
  const fullest = Math.max(1, ...matrix.rowTotals);
  return {
    grid: {
      rows: size,
      columns: size,
      values: mode === 'counts' ? Float64Array.from(counts) : shares,
      domain: mode === 'counts' ? [0, fullest] : [0, 1],
    },
    rowLabels: labels,
    columnLabels: labels,
    rowTitle: 'true',
    columnTitle: 'predicted',
    texts: Array.from(counts, (value, i) => {
      if (value === 0) return '';
      return mode === 'counts' ? String(value) : wholePercent(shares[i] ?? 0);
    }),
  };
}

function cellText(matrix: Confusion | null, names: readonly string[], row: number, column: number): string {
  const value = matrix?.counts[row * matrix.classes + column] ?? 0;
  const total = matrix?.rowTotals[row] ?? 0;
  const share = total > 0 ? `, ${wholePercent(value / total)} %` : '';
  return `true ${className(names, row)}, predicted ${className(names, column)}: ${value} of ${total}${share}`;
}

function wholePercent(share: number): string {
  return (share * 100).toFixed(0);
}

function tipLines(matrix: Confusion | null, row: number, column: number) {
  if (!matrix) return [];
  const value = matrix.counts[row * matrix.classes + column] ?? 0;
  const [rowTotal, columnTotal] = [matrix.rowTotals[row] ?? 0, matrix.columnTotals[column] ?? 0];
  return [
    {label: 'samples', value: count(value), strong: true},
    {label: 'of this true class', value: rowTotal > 0 ? percent(value / rowTotal) : 'class never seen'},
    {label: 'of this prediction', value: columnTotal > 0 ? percent(value / columnTotal) : 'never predicted'},
  ];
}

function confusionTable(matrix: Confusion, names: readonly string[]): TableData {
  const shares = rowShares(matrix);
  return {
    columns: ['true', 'predicted', 'count', 'share of row'],
    tips: tipsFrom('confusion', {count: 'count'}),
    rows: Array.from(matrix.counts, (value, i) => {
      const share = shares[i] ?? Number.NaN;
      const label = className(names, Math.floor(i / matrix.classes));
      return [label, className(names, i % matrix.classes), value, Number.isNaN(share) ? null : share];
    }),
  };
}

/** While another run loads, its classes may be known before its matrix is: the matrix decides. */
function classCount(names: readonly string[], {columns}: Table<ConfusionRow>): number {
  let count = names.length;
  for (const {values} of [columns.label, columns.predicted]) {
    for (const index of values) count = Math.max(count, index + 1);
  }
  return count;
}
