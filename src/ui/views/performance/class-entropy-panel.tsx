import {useMemo} from 'preact/hooks';
import {captioned, stacked, type Drawing} from '../../charts/drawing.js';
import {LineChart, type LinePoint} from '../../charts/line-chart.js';
import {linePaint} from '../../charts/line-paint.js';
import type {Theme} from '../../charts/palette.js';
import {tip, type Tip} from '../../charts/tooltip.js';
import type {ClassEntropyRow, Table} from '../../../shared/index.js';
import {
  classEntropies,
  comparableRuns,
  entropiesOfRuns,
  withoutEpochs,
  type EntropyLine,
  type EntropyMeasure,
  type RunEntropies,
} from '../../model/class-entropy.js';
import {bits, className, plural} from '../../model/format.js';
import type {LostPrediction} from '../../model/lost-predictions.js';
import {classEntropyTexts} from '../../model/query-texts.js';
import {tipsFrom} from '../../model/column-tips.js';
import type {TableData} from '../../model/table-text.js';
import {Panel} from '../../kit/panel.js';
import {Segmented} from '../../kit/segmented.js';
import {theme} from '../../kit/theme.js';
import {hoveredEpoch, showEpoch} from '../../state/clock.js';
import {roomFor} from '../../state/layout.js';
import {currentEpoch, selectedRuns} from '../../state/runs.js';
import {classEntropy, lostOfRuns} from '../../state/performance-tables.js';
import {view} from '../../state/view-state.js';
import {ClassLegend} from '../class-legend.js';
import {
  entropySpec,
  measures,
  measureTitles,
  maxBits,
  nameAndColour,
  type EntropyLines,
  type EntropyView,
} from './entropy-spec.js';
import {Notice} from '../notice.js';
import {smoothingNote} from './smoothing.js';
import * as chartStyles from './chart.module.css';

const heights: Record<EntropyMeasure, number> = {labelGivenPred: 152, predGivenLabel: 180};

/** Shows what a prediction leaves open about the label, and the other way round, over the epochs. */
export function ClassEntropyPanel() {
  const loaded = classEntropy.value.value;
  const lost = lostOfRuns.value.value;
  const of = linesShown();
  const index = view.focusClass.value;
  const perRun = useMemo(
    () => loaded?.map(entry => entropiesOf(entry, lost?.get(entry.run))),
    [loaded, lost],
  );
  const {drawn, left} = useMemo(() => entropyView(perRun ?? [], of, index), [perRun, of, index]);
  return (
    <Panel
      title="Class entropies"
      id="class-entropies"
      subtitle={drawn ? subtitleOf(drawn) : ''}
      waitsFor={classEntropy}
      content={
        drawn
          ? {
              name: 'class-entropies',
              table: () => entropyTable(drawn),
              source: {queries: classEntropyTexts(of === 'runs' ? index : null)},
              measures: ['class-entropies'],
              facts: {
                runs: drawn.runs,
                ...{epoch: null, unit: 'bits'},
              },
              keys: look => [
                {
                  kind: 'names',
                  items: drawn.shaped.labelGivenPred.map((_, line) => nameAndColour(drawn, line, look)),
                },
                ...left.map(run => ({kind: 'note' as const, text: whyLeft(run, drawn, index)})),
              ],
              drawing: look => panelDrawing(drawn, look),
            }
          : null
      }
      controls={
        selectedRuns.value.length > 1 && (
          <Segmented
            label="Lines show"
            value={of}
            choices={[
              ['runs', 'Runs'],
              ['classes', 'Classes'],
            ]}
            onChange={choice => (view.entropyLines.value = choice)}
          />
        )
      }
    >
      {drawn && (
        <>
          {left.map(run => (
            <Notice key={run.run}>{whyLeft(run, drawn, index)}</Notice>
          ))}
          {measures.map(measure => (
            <EntropyChart key={measure} drawn={drawn} measure={measure} />
          ))}
          <ClassLegend hasColours={of === 'classes'} />
        </>
      )}
    </Panel>
  );
}

/** One run alone has nothing to be compared with. */
function linesShown(): EntropyLines {
  return selectedRuns.value.length > 1 ? view.entropyLines.value : 'classes';
}

function entropiesOf(
  {run, table, classes}: {run: string; table: Table<ClassEntropyRow>; classes: string[]},
  lost: readonly LostPrediction[] = [],
): RunEntropies {
  const entropies = classEntropies(table, classes.length);
  return {run, classes, entropies: withoutEpochs(entropies, new Set(lost.map(({epoch}) => epoch)))};
}

/** The lines shown, and the runs that cannot be among them. */
function entropyView(
  runs: readonly RunEntropies[],
  of: EntropyLines,
  index: number | null,
): {drawn: EntropyView | null; left: RunEntropies[]} {
  const [first] = runs;
  if (!first) return {drawn: null, left: []};
  const {classes} = first;
  if (of === 'classes') return {drawn: {of, classes, runs: [first.run], shaped: first.entropies}, left: []};
  const {shown, left} = comparableRuns(runs, index);
  const shaped = entropiesOfRuns(
    shown.map(run => run.entropies),
    index,
  );
  return {drawn: {of, classes, runs: shown.map(({run}) => run), shaped}, left};
}

/** Why a run has no line beside the others. */
function whyLeft({run, classes}: RunEntropies, drawn: EntropyView, index: number | null): string {
  const name = selectedRuns.value.find(({id}) => id === run)?.name ?? run;
  return classes.length === drawn.classes.length
    ? `${name} is left out: its class ${index} is another one, ${className(classes, index ?? 0)}.`
    : `${name} is left out: it has ${plural(classes.length, 'class')}, not ${drawn.classes.length}, and means over different classes are not comparable. Make it the primary run to see it.`;
}

function subtitleOf(drawn: EntropyView): string {
  const {of, classes} = drawn;
  const max = `at most log2 ${classes.length} = ${maxBits(drawn).toFixed(2)} bits`;
  const mark = 'lane above: never predicted or never seen';
  if (of === 'classes') {
    const [primary, ...others] = selectedRuns.value;
    const whose = primary && others.length > 0 ? ` of ${primary.name}` : '';
    return `per class${whose} · ${max} · ${mark}${smoothingNote()}`;
  }
  const index = view.focusClass.value;
  const what = index === null ? 'mean over the classes' : `class ${className(classes, index)}`;
  return `per run, ${what} · ${max} · ${mark}${smoothingNote()}`;
}

const pictureWidth = 720;

function panelDrawing(drawn: EntropyView, look: Theme): Drawing {
  const charts = measures.map(measure => {
    const paint = linePaint(entropySpec(drawn, measure, look), look);
    const chart = {width: pictureWidth, height: heights[measure], paint};
    return captioned(`${measureTitles[measure]}, bits`, chart, look);
  });
  return stacked(charts);
}

interface EntropyChartProps {
  drawn: EntropyView;
  measure: EntropyMeasure;
}

function EntropyChart({drawn, measure}: EntropyChartProps) {
  const look = theme.value;
  const spec = useMemo(
    () => entropySpec(drawn, measure, look),
    [drawn, measure, look, view.focusClass.value, view.smoothing.value, selectedRuns.value],
  );
  const each = drawn.of === 'classes' ? 'class' : 'run';
  return (
    <figure class={chartStyles.root}>
      <figcaption>{measureTitles[measure]}, bits</figcaption>
      <LineChart
        label={`${measureTitles[measure]} per ${each} over ${drawn.shaped.epochs.length} epochs, bits`}
        spec={spec}
        theme={look}
        height={roomFor('class-entropies', 2 * heights[measure]) / 2}
        current={currentEpoch}
        hovered={hoveredEpoch}
        onHover={point => hover(point, {drawn, measure})}
        onPick={showEpoch}
      />
    </figure>
  );
}

function hover(point: LinePoint | null, {drawn, measure}: EntropyChartProps): void {
  hoveredEpoch.value = point?.x ?? null;
  tip.value = point && {
    x: point.event.clientX,
    y: point.event.clientY,
    title: `${measureTitles[measure]} · epoch ${point.x}`,
    lines: tipLines(point, {drawn, measure}),
  };
}

/** The values, and below them what means leave out. */
function tipLines(point: LinePoint, {drawn, measure}: EntropyChartProps): Tip['lines'] {
  const {series, index} = point;
  const all = drawn.shaped[measure];
  const chosen = point.isLane ? undefinedAt(all, point) : nearby(series, all.length);
  const lines = chosen.slice(0, maxLines).map(line => {
    const {values, notes} = all[line] ?? {values: [], notes: []};
    const [value, note] = [values[index] ?? null, notes[index] ?? null];
    return {...nameAndColour(drawn, line, theme.value), value, note, strong: line === series};
  });
  const partial = lines.filter(({value, note}) => value !== null && note !== null);
  return [
    ...lines.map(({value, note, ...line}) => {
      return {...line, value: value === null ? (note ?? 'not captured') : bits(value)};
    }),
    ...(chosen.length > maxLines ? [{label: `and ${chosen.length - maxLines} more`, value: ''}] : []),
    ...[...new Set(partial.map(({note}) => note))].map(note => {
      const whose = partial.filter(line => line.note === note).map(({label}) => label);
      return {label: whose.length === lines.length ? `${note}` : `${whose.join(', ')}: ${note}`, value: ''};
    }),
  ];
}

/** As many lines as a tooltip can hold. */
const maxLines = 12;

/** All lines where a tooltip can hold them, else the one under the pointer. */
function nearby(series: number, total: number): number[] {
  if (total <= maxLines) return Array.from({length: total}, (_, index) => index);
  return series >= 0 ? [series] : [];
}

/** The lines that a mark of the lane stands for: the one under the pointer, else all without a value. */
function undefinedAt(lines: readonly EntropyLine[], {series, index}: LinePoint): number[] {
  if (series >= 0) return [series];
  return [...lines.keys()].filter(line => (lines[line]?.notes[index] ?? null) !== null);
}

function entropyTable(drawn: EntropyView): TableData {
  const {of, shaped} = drawn;
  const count = shaped.labelGivenPred.length;
  return {
    columns: [
      'epoch',
      of === 'classes' ? 'class' : 'run',
      ...measures.map(measure => `${measureTitles[measure]}, bits`),
      'reason',
    ],
    hasRuns: of === 'runs',
    tips: tipsFrom('class_entropy', {epoch: 'epoch', reason: 'reason'}),
    rows: shaped.epochs.flatMap((epoch, at) =>
      Array.from({length: count}, (_, line) => {
        const notes = measures.map(measure => shaped[measure][line]?.notes[at]);
        return [
          epoch,
          nameAndColour(drawn, line, theme.value).label,
          ...measures.map(measure => shaped[measure][line]?.values[at] ?? null),
          notes.every(note => note === undefined)
            ? 'not captured'
            : [...new Set(notes)].filter(Boolean).join('; ') || null,
        ];
      }),
    ),
  };
}
