import {useMemo} from 'preact/hooks';
import {tablePath} from '../../api/client.js';
import {GridCanvas, type GridPoint} from '../../charts/grid-canvas.js';
import {gridPaint} from '../../charts/grid-paint.js';
import {tip} from '../../charts/tooltip.js';
import type {Confusion} from '../../model/confusion.js';
import {className, count, percent} from '../../model/format.js';
import {Panel} from '../../kit/panel.js';
import {Segmented} from '../../kit/segmented.js';
import {theme} from '../../kit/theme.js';
import {roomFor} from '../../state/layout.js';
import {confusion, lostOfRuns} from '../../state/performance-tables.js';
import {classes, detail} from '../../state/run-detail.js';
import {view} from '../../state/view-state.js';
import {toggleFocus} from '../class-legend.js';
import {Notice} from '../notice.js';
import {cellShown, confusionSpec, confusionTable} from './confusion-picture.js';
import {definedConfusion, undefinedText} from './defined-confusion.js';
import {confusionKeys, ConfusionScaleLegend} from './confusion-scale.js';
import * as styles from './confusion-scale.module.css';

/** Height of the cells of ten classes, with room for four digits, and of many classes; CSS pixels. */
const usualHeight = 330;
const heightOfMany = 480;
/** Classes that are more than ten and have texts. */
const few = 20;

/** The confusion matrix at the clock's epoch; a cell opens its samples. */
export function ConfusionPanel() {
  const loaded = confusion.value.value;
  const names = classes.value;
  const [mode, scale] = [view.confusion.value, view.confusionScale.value];
  const lost = lostOfRuns.value.value;
  const about = detail.value.value;
  const matrix = useMemo(() => {
    if (!loaded) return null;
    const {run, epoch} = loaded;
    const lostNow = (lost?.get(run) ?? []).filter(prediction => prediction.epoch === epoch);
    return definedConfusion(loaded.matrix, names, {
      // While another run loads, what is known of the primary one is not of this matrix.
      info: about?.summary.id === run ? about.info : null,
      lost: lostNow,
    });
  }, [loaded, names, lost, about]);
  const picture = useMemo(
    () => matrix && confusionSpec(matrix, names, {mode, scale}),
    [matrix, names, mode, scale],
  );
  const cell = view.cell.value;
  const focus = view.focusClass.value;
  const room = matrix && roomOf(matrix.classes);
  return (
    <Panel
      title="Confusion matrix"
      id="confusion"
      subtitle={matrix && loaded ? subtitleOf(matrix, loaded.epoch) : ''}
      waitsFor={confusion}
      content={
        loaded &&
        picture &&
        matrix && {
          name: 'confusion',
          table: () => confusionTable(matrix, names),
          source: {paths: [tablePath(loaded.run, 'confusion', {epoch: loaded.epoch})]},
          facts: {
            ...{runs: [loaded.run], epoch: loaded.epoch, n: matrix.total},
            unit: mode === 'counts' ? 'samples' : 'shares of the true class',
          },
          keys: look => confusionKeys(picture, {mode, scale}, look),
          drawing: look => ({
            ...{width: 640, height: 620},
            paint: gridPaint(picture.spec, {tallest: 500, cell: 50}, {theme: look}),
          }),
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
      {picture && matrix && room && (
        <>
          {matrix.undefined > 0 && <Notice>{undefinedText(matrix)}</Notice>}
          <ScaleSwitch />
          <GridCanvas
            label="Confusion matrix, rows true, columns predicted"
            room={room}
            spec={picture.spec}
            theme={theme.value}
            selected={cell && {row: cell.label, column: cell.predicted}}
            marked={{row: focus, column: focus}}
            describe={({row, column}) => cellText(matrix, names, row, column)}
            onHover={at => (tip.value = at && {...tipOf(matrix, names, at), x: at.x, y: at.y})}
            onPick={({row, column}) => (view.cell.value = {label: row, predicted: column})}
            onPickLine={line => toggleFocus('row' in line ? line.row : line.column)}
            namesAreStops
          />
          <ConfusionScaleLegend {...picture} {...{mode, scale}} />
        </>
      )}
    </Panel>
  );
}

/** Up to ten classes have the cells of ten. */
function roomOf(size: number): {tallest: number; cell: number} {
  const usual =
    size <= 10 ? usualHeight : Math.min(heightOfMany, Math.max(usualHeight, 24 * Math.min(size, few)));
  const tallest = roomFor('confusion', usual);
  return {tallest, cell: tallest / 10};
}

function ScaleSwitch() {
  return (
    <div class={styles.scaleSwitch}>
      <Segmented
        label="Colour scale of the matrix"
        value={view.confusionScale.value}
        choices={[
          ['linear', 'Linear'],
          ['log', 'Log'],
          ['errors', 'Errors only'],
        ]}
        onChange={choice => (view.confusionScale.value = choice)}
      />
    </div>
  );
}

function subtitleOf(matrix: Confusion, epoch: number): string {
  const info = detail.value.value?.info;
  const source = info?.evaluation.source === 'evaluation' ? 'evaluation' : 'probe';
  const output = info?.probe.output?.name;
  const share = matrix.total > 0 ? `${percent(matrix.correct / matrix.total)} correct` : '';
  const lost = matrix.undefined > 0 ? `${count(matrix.undefined)} undefined` : '';
  const right = [lost, share && lost ? `${share} of the others` : share]
    .filter(Boolean)
    .map(text => ` · ${text}`)
    .join('');
  return `epoch ${epoch} · N = ${count(matrix.total)} ${source}${right}${output ? ` · output ${output}` : ''}`;
}

function cellText(matrix: Confusion, names: readonly string[], row: number, column: number): string {
  if (row < 0)
    return `predicted ${className(names, column)}, ${count(matrix.columnTotals[column] ?? 0)} samples`;
  if (column < 0) return `true ${className(names, row)}, ${count(matrix.rowTotals[row] ?? 0)} samples`;
  const {value, total} = cellShown(matrix, row, column);
  const share = total > 0 ? `, ${percent(value / total)}` : '';
  return `true ${className(names, row)}, predicted ${className(names, column)}: ${value} of ${total}${share}`;
}

function tipOf(matrix: Confusion, names: readonly string[], {row, column, cells}: GridPoint) {
  if (row === null || column === null) {
    const [of, totals] =
      row === null ? (['predicted', matrix.columnTotals] as const) : (['true', matrix.rowTotals] as const);
    const index = row ?? column ?? 0;
    return {
      title: `${of} ${className(names, index)}`,
      lines: [{label: 'samples', value: count(totals[index] ?? 0), strong: true}],
    };
  }
  const {value, total: rowTotal} = cellShown(matrix, row, column);
  const columnTotal = matrix.columnTotals[column] ?? 0;
  return {
    title: `true ${className(names, row)} · predicted ${className(names, column)}`,
    lines: [
      {label: 'samples', value: count(value), strong: true},
      {label: 'of this true class', value: rowTotal > 0 ? percent(value / rowTotal) : 'class never seen'},
      {
        label: 'of this prediction',
        value: columnTotal > 0 ? percent(value / columnTotal) : 'never predicted',
      },
      ...(cells > 1 ? [{label: 'largest in this pixel, of', value: `${cells} cells`}] : []),
    ],
  };
}
