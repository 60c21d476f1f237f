import {useMemo} from 'preact/hooks';
import {captioned, legend, stacked, type Drawing} from '../../charts/drawing.js';
import {LineChart, type LinePoint} from '../../charts/line-chart.js';
import {linePaint} from '../../charts/line-paint.js';
import type {LineSpec} from '../../charts/line-spec.js';
import {classColour, type Theme} from '../../charts/palette.js';
import {tip} from '../../charts/tooltip.js';
import {classEntropies, undefinedPoints, type ClassEntropies} from '../../model/class-entropy.js';
import {bits, className} from '../../model/format.js';
import {classEntropyQuestions} from '../../model/questions.js';
import type {TableData} from '../../model/table-text.js';
import {Panel} from '../../shell/panel.js';
import {theme} from '../../shell/theme.js';
import {hoveredEpoch, showEpoch} from '../../state/clock.js';
import {roomFor} from '../../state/layout.js';
import {currentEpoch} from '../../state/runs.js';
import {classEntropy, classes} from '../../state/tables.js';
import {view} from '../../state/view-state.js';
import {ClassLegend, emphasisOf} from '../class-legend.js';

type Measure = 'labelGivenPred' | 'predGivenLabel';

const measures: readonly Measure[] = ['labelGivenPred', 'predGivenLabel'];

const titles: Record<Measure, string> = {labelGivenPred: 'H(label | y)', predGivenLabel: 'H(y | label)'};

const heights: Record<Measure, number> = {labelGivenPred: 152, predGivenLabel: 180};

/** What a prediction still leaves open about the label, and the other way round, per class over the epochs. */
export function ClassEntropyPanel() {
  const loaded = classEntropy.value.value;
  const names = classes.value;
  const shaped = useMemo(() => loaded && classEntropies(loaded.table, names.length), [loaded, names]);
  const most = Math.log2(Math.max(2, names.length));
  const subtitle = `per class · at most log2 ${names.length} = ${most.toFixed(2)} bits · hollow mark: class never predicted or never seen`;
  return (
    <Panel
      title="Class entropies"
      id="class-entropies"
      subtitle={subtitle}
      waitsFor={classEntropy}
      content={
        shaped && {
          name: 'class-entropies',
          table: () => entropyTable(shaped, names),
          source: {queries: classEntropyQuestions(null)},
          drawing: look => panelDrawing(shaped, names, look),
        }
      }
    >
      {shaped && (
        <>
          {measures.map(measure => (
            <EntropyChart key={measure} shaped={shaped} measure={measure} />
          ))}
          <ClassLegend />
        </>
      )}
    </Panel>
  );
}

const pictureWidth = 720;

function panelDrawing(shaped: ClassEntropies, names: readonly string[], look: Theme): Drawing {
  const charts = measures.map(measure => {
    const paint = linePaint(lineSpec(shaped, measure, names, look), look);
    const drawn = {width: pictureWidth, height: heights[measure], paint};
    return captioned(`${titles[measure]}, bits`, drawn, look);
  });
  const items = names.map((_, index) => ({label: className(names, index), colour: classColour(look, index)}));
  return stacked([...charts, legend(items, look, pictureWidth)]);
}

function EntropyChart({shaped, measure}: {shaped: ClassEntropies; measure: Measure}) {
  const names = classes.value;
  const look = theme.value;
  const spec = useMemo(
    () => lineSpec(shaped, measure, names, look),
    [shaped, measure, names, look, view.focusClass.value],
  );
  return (
    <figure class="chart">
      <figcaption>{titles[measure]}, bits</figcaption>
      <LineChart
        label={`${titles[measure]} per class over ${shaped.epochs.length} epochs, bits`}
        spec={spec}
        theme={look}
        height={roomFor('class-entropies', 2 * heights[measure]) / 2}
        current={currentEpoch}
        hovered={hoveredEpoch}
        onHover={point => hover(point, shaped, measure)}
        onPick={showEpoch}
      />
    </figure>
  );
}

function hover(point: LinePoint | null, shaped: ClassEntropies, measure: Measure): void {
  hoveredEpoch.value = point?.x ?? null;
  const names = classes.value;
  tip.value = point && {
    x: point.event.clientX,
    y: point.event.clientY,
    title: `${titles[measure]} · epoch ${point.x}`,
    lines: nearby(point.series, names.length).map(index => ({
      label: className(names, index),
      value: valueText(shaped, measure, index, point.index),
      colour: classColour(theme.value, index),
      strong: index === point.series,
    })),
  };
}

/** All classes where a tooltip can hold them, else the one under the pointer. */
function nearby(series: number, total: number): number[] {
  if (total <= 12) return Array.from({length: total}, (_, index) => index);
  return series >= 0 ? [series] : [];
}

function valueText(shaped: ClassEntropies, measure: Measure, index: number, at: number): string {
  const value = shaped[measure][index]?.[at] ?? null;
  return value === null ? reasonText(shaped, measure, index, at) : bits(value);
}

/** A class can be both never predicted and never seen: each measure is undefined for its own reason. */
function reasonText(shaped: ClassEntropies, measure: Measure, index: number, at: number): string {
  const reasons = shaped.reasons[index]?.[at]?.split(',') ?? [];
  const own = measure === 'labelGivenPred' ? 'never-predicted' : 'never-seen';
  return (reasons.find(reason => reason === own) ?? reasons[0] ?? 'undefined').replace('-', ' ');
}

function lineSpec(shaped: ClassEntropies, measure: Measure, names: readonly string[], look: Theme): LineSpec {
  const values = shaped[measure];
  return {
    x: shaped.epochs,
    xLabel: measure === 'predGivenLabel' ? 'epoch' : null,
    yLabel: 'bits',
    yDomain: [0, Math.log2(Math.max(2, names.length)) * 1.04],
    series: values.map((line, index) => {
      const emphasis = emphasisOf(index);
      return {
        label: className(names, index),
        colour: classColour(look, index),
        values: line,
        ...(emphasis ? {emphasis} : {}),
      };
    }),
    marks: undefinedPoints(values),
  };
}

function entropyTable(shaped: ClassEntropies, names: readonly string[]): TableData {
  return {
    columns: ['epoch', 'class', 'H(label | y), bits', 'H(y | label), bits', 'reason'],
    rows: shaped.epochs.flatMap((epoch, at) =>
      names.map((_, index) => [
        epoch,
        className(names, index),
        shaped.labelGivenPred[index]?.[at] ?? null,
        shaped.predGivenLabel[index]?.[at] ?? null,
        shaped.reasons[index]?.[at] ?? null,
      ]),
    ),
  };
}
