import {useMemo} from 'preact/hooks';
import {chartTitle, LAYER_MEASURES} from '../../../shared/layer-measures.js';
import {BarChart} from '../../charts/bar-chart.js';
import {barPaint, type BarSpec} from '../../charts/bar-spec.js';
import {captioned, type Drawing} from '../../charts/drawing.js';
import type {Theme} from '../../charts/palette.js';
import {tip} from '../../charts/tooltip.js';
import {deficit, layerBars, numberOf, type LayerBars} from '../../model/layer-bars.js';
import {layerText} from '../../model/query-texts.js';
import {Panel} from '../../kit/panel.js';
import {Segmented} from '../../kit/segmented.js';
import {colourOfRun} from '../../kit/run-colour.js';
import {theme} from '../../kit/theme.js';
import {roomFor} from '../../state/layout.js';
import {currentEpoch, selectedRuns} from '../../state/runs.js';
import {currentLayer} from '../../state/chosen-layers.js';
import {layerValues} from '../../state/performance-tables.js';
import {view} from '../../state/view-state.js';
import {barTable, barTip, barWords, type BarRun} from './layer-bar-texts.js';
import {runKey} from './run-legend.js';
import * as panelMessageStyles from '../../kit/panel-message.module.css';
import * as chartStyles from './chart.module.css';

const chartHeight = 172;

/** One measure of every layer, chosen from the list, at the clock's epoch, under its ceiling where it has one, one bar per run. */
export function LayerMeasuresPanel() {
  const loaded = layerValues.value.value;
  const epoch = currentEpoch.value ?? 0;
  const shaped = useMemo(() => loaded && layerBars(loaded.measure, loaded.runs, epoch), [loaded, epoch]);
  const runs = useMemo(() => loaded?.runs.map(({run}) => barRun(run)) ?? [], [loaded, selectedRuns.value]);
  const mode = shaped?.measure.ceiling ? view.interSample.value : 'bits';
  const look = theme.value;
  const spec = useMemo(
    () => shaped && barSpec(shaped, runs, mode, look),
    [shaped, runs, mode, look, view.layer.value],
  );
  return (
    <Panel
      title="Layer measures"
      id="layer-measures"
      subtitle={shaped ? subtitleOf(shaped, epoch) : ''}
      waitsFor={layerValues}
      content={
        shaped && {
          name: shaped.measure.title.replaceAll(' ', '-'),
          table: () => barTable(shaped, runs, epoch),
          source: {queries: [layerText(shaped.measure, epoch)]},
          measures: [shaped.measure.title.replaceAll(' ', '-')],
          facts: {
            runs: loaded?.runs.map(({run}) => run) ?? [],
            ...{layers: shaped.layers, epoch, n: shaped.n.join(' / ')},
            ...(shaped.k.length > 0 && {k: shaped.k.join(' / ')}),
            unit: shaped.measure.unit === 'bit' ? 'bits' : 'directions',
          },
          keys: to => [runKey(to)],
          drawing: to => panelDrawing(barSpec(shaped, runs, mode, to), to),
        }
      }
      controls={
        shaped?.measure.ceiling && (
          <Segmented
            label="Bars show"
            value={mode}
            choices={[
              ['bits', 'Value'],
              ['deficit', 'Below ceiling'],
            ]}
            onChange={choice => (view.interSample.value = choice)}
          />
        )
      }
    >
      <figure class={chartStyles.root}>
        <figcaption>
          <MeasureSelect />
        </figcaption>
        {shaped?.layers.length === 0 && <p class={panelMessageStyles.root}>{whyEmpty(shaped, epoch)}</p>}
        {spec && shaped && shaped.layers.length > 0 && (
          <BarChart
            label={`${chartTitle(shaped.measure)}, of ${shaped.layers.length} layers at epoch ${epoch}`}
            spec={spec}
            theme={look}
            height={roomFor('layer-measures', chartHeight)}
            onHover={at => (tip.value = at && {x: at.x, y: at.y, ...barTip(shaped, runs, {...at, epoch})})}
            onPick={group => (view.layer.value = shaped.layers[group] ?? null)}
            describe={group => barWords(shaped, runs, group)}
          />
        )}
      </figure>
    </Panel>
  );
}

/** The drawing's caption: which measure it shows. */
function MeasureSelect() {
  return (
    <select
      aria-label="Measure of the layers"
      value={view.layerMeasure.value}
      onChange={event => (view.layerMeasure.value = event.currentTarget.value)}
    >
      {LAYER_MEASURES.map(measure => (
        <option key={measure.title} value={measure.title}>
          {chartTitle(measure)}
        </option>
      ))}
    </select>
  );
}

function barRun(id: string): BarRun {
  return {id, name: selectedRuns.value.find(run => run.id === id)?.name ?? id};
}

function panelDrawing(spec: BarSpec, look: Theme): Drawing {
  const bars = {width: 720, height: chartHeight, paint: barPaint(spec, look)};
  return captioned(spec.yLabel, bars, look);
}

function subtitleOf({measure, n, k}: LayerBars, epoch: number): string {
  const hasK = k.length > 0;
  const isComparable = n.length <= 1 && k.length <= 1;
  return [
    `epoch ${epoch}`,
    `N = ${n.join(' / ')}`,
    hasK && `k = ${k.join(' / ')}`,
    measure.ceiling ? `line: ceiling, ${measure.ceiling.text}` : measure.text,
    !isComparable && `different N${hasK ? ' or k' : ''}: not comparable`,
  ]
    .filter(Boolean)
    .join(' · ');
}

function whyEmpty({measure, notRecorded}: LayerBars, epoch: number): string {
  if (notRecorded.every(columns => columns.includes(measure.column)))
    return `No selected run recorded it: the query ${layerText(measure, epoch)} computes it.`;
  return `No selected run captured epoch ${epoch}: choose another epoch or another run.`;
}

function barSpec(
  {measure, layers, bars}: LayerBars,
  runs: readonly BarRun[],
  mode: 'bits' | 'deficit',
  look: Theme,
): BarSpec {
  const isDeficit = mode === 'deficit';
  const marked = view.layer.value === null ? null : currentLayer.value?.name;
  return {
    yLabel: `${chartTitle(measure)}${isDeficit ? ' below the ceiling' : ''}`,
    groups: layers.map((layer, group) => ({
      label: layer,
      isMarked: layer === marked,
      bars: (bars[group] ?? []).map((row, bar) => ({
        label: runs[bar]?.id ?? '',
        colour: colourOfRun(look, runs[bar]?.id ?? ''),
        value: isDeficit ? deficit(row, measure) : numberOf(row, measure.column),
        ceiling: isDeficit ? null : numberOf(row, measure.ceiling?.column),
      })),
    })),
  };
}
