import {useMemo} from 'preact/hooks';
import {deficitOf} from '../../../shared/deficit.js';
import type {LayerEntropyRow} from '../../../shared/index.js';
import {BarChart} from '../../charts/bar-chart.js';
import {barPaint, type BarSpec} from '../../charts/bar-spec.js';
import {captioned, stacked, type Drawing} from '../../charts/drawing.js';
import {runColour, type Theme} from '../../charts/palette.js';
import {tip} from '../../charts/tooltip.js';
import {bits} from '../../model/format.js';
import {interSampleBars, type InterSample} from '../../model/inter-sample.js';
import {interSampleQuestion} from '../../model/questions.js';
import type {TableData} from '../../model/table-text.js';
import {Panel} from '../../kit/panel.js';
import {Segmented} from '../../kit/segmented.js';
import {theme} from '../../kit/theme.js';
import {roomFor} from '../../state/layout.js';
import {currentEpoch, selectedRuns} from '../../state/runs.js';
import {currentLayer} from '../../state/chosen-layers.js';
import {layerEntropy} from '../../state/performance-tables.js';
import {view} from '../../state/view-state.js';
import {runLegend} from './run-legend.js';
import * as panelMessageStyles from '../../kit/panel-message.module.css';
import * as chartStyles from './chart.module.css';

const chartHeight = 182;

/** Inter-sample entropy of every layer at the clock's epoch, under its ceiling, one bar per run. */
export function InterSamplePanel() {
  const loaded = layerEntropy.value.value;
  const epoch = currentEpoch.value ?? 0;
  const mode = view.interSample.value;
  const shaped = useMemo(() => loaded && interSampleBars(loaded, epoch), [loaded, epoch]);
  const ids = useMemo(() => loaded?.map(({run}) => run) ?? [], [loaded]);
  const look = theme.value;
  const spec = useMemo(
    () => shaped && barSpec(shaped, ids, mode, look),
    [shaped, ids, mode, look, view.layer.value],
  );
  return (
    <Panel
      title="Inter-sample entropy"
      id="inter-sample"
      subtitle={shaped ? subtitleOf(shaped, epoch) : ''}
      waitsFor={layerEntropy}
      content={
        shaped && {
          name: 'inter-sample-entropy',
          table: () => barTable(shaped, ids, epoch),
          source: {queries: [interSampleQuestion(epoch)]},
          drawing: to => panelDrawing(barSpec(shaped, ids, mode, to), to),
        }
      }
      controls={
        <Segmented
          label="Bars show"
          value={mode}
          choices={[
            ['bits', 'Bits'],
            ['deficit', 'Below ceiling'],
          ]}
          onChange={choice => (view.interSample.value = choice)}
        />
      }
    >
      {shaped?.layers.length === 0 && (
        <p class={panelMessageStyles.root}>
          No selected run captured epoch {epoch}: choose another epoch or another run.
        </p>
      )}
      {spec && shaped && shaped.layers.length > 0 && (
        <figure class={chartStyles.root}>
          <figcaption>{spec.yLabel}</figcaption>
          <BarChart
            label={`Inter-sample entropy of ${shaped.layers.length} layers at epoch ${epoch}, bits`}
            spec={spec}
            theme={look}
            height={roomFor('inter-sample', chartHeight)}
            onHover={at => (tip.value = at && {x: at.x, y: at.y, ...tipOf(shaped, ids, {...at, epoch})})}
            onPick={group => (view.layer.value = shaped.layers[group] ?? null)}
            describe={group => inWords(shaped, ids, group)}
          />
        </figure>
      )}
    </Panel>
  );
}

function panelDrawing(spec: BarSpec, look: Theme): Drawing {
  const bars = {width: 720, height: chartHeight, paint: barPaint(spec, look)};
  return stacked([captioned(spec.yLabel, bars, look), runLegend(look, bars.width)]);
}

function subtitleOf({n, k}: InterSample, epoch: number): string {
  const comparable = n.length <= 1 && k.length <= 1;
  const warning = comparable ? '' : ' · different N or k: not comparable';
  return `epoch ${epoch} · N = ${n.join(' / ')} · k = ${k.join(' / ')} · line: ceiling, log2 of the edges${warning}`;
}

function barSpec(
  shaped: InterSample,
  ids: readonly string[],
  mode: 'bits' | 'deficit',
  look: Theme,
): BarSpec {
  const marked = view.layer.value === null ? null : currentLayer.value?.name;
  return {
    yLabel: mode === 'bits' ? 'bits' : 'bits below the ceiling',
    groups: shaped.layers.map((layer, group) => ({
      label: layer,
      isMarked: layer === marked,
      bars: (shaped.bars[group] ?? []).map((row, bar) => ({
        label: ids[bar] ?? '',
        colour: runColour(look, positionOf(ids[bar] ?? '')),
        value: row && (mode === 'bits' ? row.bits : deficitOf(row)),
        ceiling: mode === 'bits' ? (row?.log2_edges ?? null) : null,
      })),
    })),
  };
}

function positionOf(run: string): number {
  return Math.max(
    0,
    selectedRuns.value.findIndex(other => other.id === run),
  );
}

function tipOf(
  shaped: InterSample,
  ids: readonly string[],
  {group, bar, epoch}: {group: number; bar: number | null; epoch: number},
) {
  if (bar === null && ids.length > 1) return tipOfGroup(shaped, ids, {group, epoch});
  const row = shaped.bars[group]?.[bar ?? 0] ?? null;
  const title = `${shaped.layers[group]} · ${nameOf(ids[bar ?? 0])} · epoch ${epoch}`;
  if (!row) return {title, lines: [{label: 'not captured at this epoch', value: ''}]};
  return {
    title,
    lines: [
      {
        label: 'inter-sample entropy',
        value: valueText(row),
        strong: true,
      },
      {label: 'ceiling, log2 edges', value: bits(row.log2_edges)},
      {label: 'below the ceiling', value: bits(deficitOf(row))},
      {label: 'N, k', value: `${row.n}, ${row.k}`},
      {label: 'points without a solution', value: String(row.clamped)},
      {
        label: 'matrix entropy (not the paper’s)',
        value: shaped.notRecorded[bar ?? 0]?.includes('matrix_bits') ? 'not recorded' : bits(row.matrix_bits),
      },
    ],
  };
}

/** All runs at once: what the keyboard has come to. */
function tipOfGroup(
  shaped: InterSample,
  ids: readonly string[],
  {group, epoch}: {group: number; epoch: number},
) {
  return {
    title: `${shaped.layers[group]} · epoch ${epoch}`,
    lines: (shaped.bars[group] ?? []).map((row, bar) => ({
      label: nameOf(ids[bar]),
      value: valueText(row),
      colour: runColour(theme.value, positionOf(ids[bar] ?? '')),
    })),
  };
}

function inWords(shaped: InterSample, ids: readonly string[], group: number): string {
  const values = (shaped.bars[group] ?? []).map((row, bar) => {
    const ceiling = row?.log2_edges ?? null;
    const most = ceiling === null ? '' : ` of at most ${bits(ceiling)}`;
    return `${ids.length > 1 ? `${nameOf(ids[bar])} ` : ''}${valueText(row)}${most}`;
  });
  return `${shaped.layers[group]}: ${values.join(', ')}`;
}

function valueText(row: LayerEntropyRow | null): string {
  if (row === null) return 'not captured';
  return row.bits === null ? (row.reason ?? 'undefined') : bits(row.bits);
}

function nameOf(id: string | undefined): string {
  return selectedRuns.value.find(run => run.id === id)?.name ?? id ?? '';
}

function barTable(shaped: InterSample, ids: readonly string[], epoch: number): TableData {
  return {
    columns: [
      'run',
      'epoch',
      'layer',
      'bits',
      'ceiling',
      'below ceiling',
      'N',
      'k',
      'clamped',
      'matrix bits',
      'reason',
    ],
    rows: shaped.layers.flatMap((layer, group) =>
      (shaped.bars[group] ?? []).map((row, bar) => [
        ids[bar] ?? '',
        epoch,
        layer,
        ...(row
          ? [row.bits, row.log2_edges, deficitOf(row), row.n, row.k, row.clamped, row.matrix_bits, row.reason]
          : [null, null, null, null, null, null, null, 'not captured']),
      ]),
    ),
  };
}
