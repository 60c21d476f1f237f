import {useMemo} from 'preact/hooks';
import {captioned, stacked, type Drawing} from '../../charts/drawing.js';
import {LineChart, type LinePoint} from '../../charts/line-chart.js';
import {linePaint} from '../../charts/line-paint.js';
import type {Theme} from '../../charts/palette.js';
import {tip, type Tip} from '../../charts/tooltip.js';
import {
  classEntropies,
  entropiesOfRuns,
  type ClassEntropies,
  type EntropyMeasure,
} from '../../model/class-entropy.js';
import {bits, className} from '../../model/format.js';
import {classEntropyTexts} from '../../model/query-texts.js';
import {tipsFrom} from '../../model/column-tips.js';
import type {TableData} from '../../model/table-text.js';
import {Panel} from '../../kit/panel.js';
import {Segmented} from '../../kit/segmented.js';
import {theme} from '../../kit/theme.js';
import {hoveredEpoch, showEpoch} from '../../state/clock.js';
import {roomFor} from '../../state/layout.js';
import {currentEpoch, selectedRuns} from '../../state/runs.js';
import {classEntropy} from '../../state/performance-tables.js';
import {classes} from '../../state/run-detail.js';
import {view} from '../../state/view-state.js';
import {ClassLegend} from '../class-legend.js';
import {
  entropySpec,
  measures,
  measureTitles,
  maxBits,
  nameAndColour,
  type EntropyLines,
} from './entropy-spec.js';
import {smoothingNote} from './smoothing.js';
import * as chartStyles from './chart.module.css';

const heights: Record<EntropyMeasure, number> = {labelGivenPred: 152, predGivenLabel: 180};

/** Shows what a prediction leaves open about the label, and the other way round, over the epochs. */
export function ClassEntropyPanel() {
  const loaded = classEntropy.value.value;
  const count = classes.value.length;
  const of = linesShown();
  const index = view.focusClass.value;
  const perRun = useMemo(() => loaded?.map(({table}) => classEntropies(table, count)), [loaded, count]);
  const compared = useMemo(() => perRun && entropiesOfRuns(perRun, index), [perRun, index]);
  const shaped = of === 'runs' ? compared : perRun?.[0];
  return (
    <Panel
      title="Class entropies"
      id="class-entropies"
      subtitle={subtitleOf(of)}
      waitsFor={classEntropy}
      content={
        shaped
          ? {
              name: 'class-entropies',
              table: () => entropyTable(shaped, of),
              source: {queries: classEntropyTexts(of === 'runs' ? index : null)},
              facts: {
                runs: (of === 'runs' ? (loaded ?? []) : (loaded ?? []).slice(0, 1)).map(({run}) => run),
                ...{epoch: null, unit: 'bits'},
              },
              keys: look => [
                {kind: 'names', items: shaped.labelGivenPred.map((_, line) => nameAndColour(of, line, look))},
              ],
              drawing: look => panelDrawing(shaped, of, look),
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
      {shaped && (
        <>
          {measures.map(measure => (
            <EntropyChart key={measure} shaped={shaped} measure={measure} of={of} />
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

function subtitleOf(of: EntropyLines): string {
  const max = `at most log2 ${classes.value.length} = ${maxBits().toFixed(2)} bits`;
  const mark = 'hollow mark: class never predicted or never seen';
  if (of === 'classes') {
    const [primary, ...others] = selectedRuns.value;
    const whose = primary && others.length > 0 ? ` of ${primary.name}` : '';
    return `per class${whose} · ${max} · ${mark}${smoothingNote()}`;
  }
  const index = view.focusClass.value;
  const what = index === null ? 'mean over the classes' : `class ${className(classes.value, index)}`;
  return `per run, ${what} · ${max} · ${mark}${smoothingNote()}`;
}

const pictureWidth = 720;

function panelDrawing(shaped: ClassEntropies, of: EntropyLines, look: Theme): Drawing {
  const charts = measures.map(measure => {
    const paint = linePaint(entropySpec(shaped, measure, {of, look}), look);
    const chart = {width: pictureWidth, height: heights[measure], paint};
    return captioned(`${measureTitles[measure]}, bits`, chart, look);
  });
  return stacked(charts);
}

interface EntropyChartProps {
  shaped: ClassEntropies;
  measure: EntropyMeasure;
  of: EntropyLines;
}

function EntropyChart({shaped, measure, of}: EntropyChartProps) {
  const look = theme.value;
  const spec = useMemo(
    () => entropySpec(shaped, measure, {of, look}),
    [shaped, measure, of, look, view.focusClass.value, view.smoothing.value, selectedRuns.value],
  );
  const each = of === 'classes' ? 'class' : 'run';
  return (
    <figure class={chartStyles.root}>
      <figcaption>{measureTitles[measure]}, bits</figcaption>
      <LineChart
        label={`${measureTitles[measure]} per ${each} over ${shaped.epochs.length} epochs, bits`}
        spec={spec}
        theme={look}
        height={roomFor('class-entropies', 2 * heights[measure]) / 2}
        current={currentEpoch}
        hovered={hoveredEpoch}
        onHover={point => hover(point, {shaped, measure, of})}
        onPick={showEpoch}
      />
    </figure>
  );
}

function hover(point: LinePoint | null, {shaped, measure, of}: EntropyChartProps): void {
  hoveredEpoch.value = point?.x ?? null;
  tip.value = point && {
    x: point.event.clientX,
    y: point.event.clientY,
    title: `${measureTitles[measure]} · epoch ${point.x}`,
    lines: tipLines(point, {shaped, measure, of}),
  };
}

/** The values, and below them what means leave out. */
function tipLines({series, index}: LinePoint, {shaped, measure, of}: EntropyChartProps): Tip['lines'] {
  const lines = nearby(series, shaped[measure].length).map(line => {
    const {values, notes} = shaped[measure][line] ?? {values: [], notes: []};
    const [value, note] = [values[index] ?? null, notes[index] ?? null];
    return {...nameAndColour(of, line, theme.value), value, note, strong: line === series};
  });
  const partial = lines.filter(({value, note}) => value !== null && note !== null);
  return [
    ...lines.map(({value, note, ...line}) => {
      return {...line, value: value === null ? (note ?? 'not captured') : bits(value)};
    }),
    ...[...new Set(partial.map(({note}) => note))].map(note => {
      const whose = partial.filter(line => line.note === note).map(({label}) => label);
      return {label: whose.length === lines.length ? `${note}` : `${whose.join(', ')}: ${note}`, value: ''};
    }),
  ];
}

/** All lines where a tooltip can hold them, else the one under the pointer. */
function nearby(series: number, total: number): number[] {
  if (total <= 12) return Array.from({length: total}, (_, index) => index);
  return series >= 0 ? [series] : [];
}

function entropyTable(shaped: ClassEntropies, of: EntropyLines): TableData {
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
          nameAndColour(of, line, theme.value).label,
          ...measures.map(measure => shaped[measure][line]?.values[at] ?? null),
          notes.every(note => note === undefined)
            ? 'not captured'
            : [...new Set(notes)].filter(Boolean).join('; ') || null,
        ];
      }),
    ),
  };
}
