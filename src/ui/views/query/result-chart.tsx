import {useMemo} from 'preact/hooks';
import {BarChart} from '../../charts/bar-chart.js';
import type {GridPoint} from '../../charts/grid-canvas.js';
import {GridChart} from '../../charts/grid-chart.js';
import type {GridCell} from '../../charts/grid-layout.js';
import {LineChart} from '../../charts/line-chart.js';
import {Picture} from '../../charts/picture.js';
import {tip} from '../../charts/tooltip.js';
import {bits} from '../../model/format.js';
import type {ResultMap, ResultPicture} from '../../model/result-picture.js';
import {theme} from '../../kit/theme.js';
import {hoveredEpoch, showEpoch} from '../../state/clock.js';
import {roomFor} from '../../state/layout.js';
import {currentEpoch} from '../../state/runs.js';
import {drawMaps} from './result-drawing.js';
import {barSpecOf, gridSpecOf, lineSpecOf} from './result-specs.js';
import * as panelMessageStyles from '../../kit/panel-message.module.css';
import * as styles from './result-chart.module.css';

/** CSS pixels; more in full size. */
const resultHeight = 176;

export interface ResultChartProps {
  label: string;
  picture: ResultPicture;
}

/** The drawing of an answer. */
export function ResultChart({label, picture}: ResultChartProps) {
  switch (picture.kind) {
    case 'number':
      return (
        <p class={styles.number}>
          {bits(picture.value)}
          {picture.reason !== null && <span>{picture.reason.replaceAll('-', ' ')}</span>}
        </p>
      );
    case 'bars':
      return <Bars label={label} picture={picture} />;
    case 'lines':
      return <Lines label={label} picture={picture} />;
    case 'grid':
      return <Cells label={label} picture={picture} />;
    case 'maps':
      return <Maps maps={picture.maps} more={picture.more} />;
    case 'none':
      return <p class={panelMessageStyles.root}>{picture.why}</p>;
  }
}

type Of<Kind extends ResultPicture['kind']> = {
  label: string;
  picture: Extract<ResultPicture, {kind: Kind}>;
};

function Bars({label, picture}: Of<'bars'>) {
  const look = theme.value;
  const spec = useMemo(() => barSpecOf(picture, look), [picture, look]);
  return (
    <BarChart
      label={label}
      spec={spec}
      theme={look}
      height={roomFor('result', resultHeight)}
      onHover={at =>
        (tip.value = at && {
          x: at.x,
          y: at.y,
          title: `${picture.key} ${picture.labels[at.group]}`,
          lines: [{label: 'value', value: bits(picture.values[at.group] ?? null), strong: true}],
        })
      }
      describe={group => `${picture.key} ${picture.labels[group]}: ${bits(picture.values[group] ?? null)}`}
    />
  );
}

function Lines({label, picture}: Of<'lines'>) {
  const look = theme.value;
  const spec = useMemo(() => lineSpecOf(picture, look), [picture, look]);
  return (
    <LineChart
      label={label}
      spec={spec}
      theme={look}
      height={roomFor('result', resultHeight)}
      current={currentEpoch}
      hovered={hoveredEpoch}
      onHover={point => {
        hoveredEpoch.value = point?.x ?? null;
        const line = point ? (picture.lines[point.series] ?? picture.lines[0]) : undefined;
        tip.value =
          !point || !line
            ? null
            : {
                x: point.event.clientX,
                y: point.event.clientY,
                title: `epoch ${point.x}`,
                lines: [
                  {label: line.label || 'value', value: bits(line.values[point.index] ?? null), strong: true},
                ],
              };
      }}
      onPick={showEpoch}
    />
  );
}

function Cells({label, picture}: Of<'grid'>) {
  const look = theme.value;
  const spec = useMemo(() => gridSpecOf(picture), [picture]);
  const {rowTitle, columnTitle, rowLabels, columnLabels, values} = picture;
  const valueAt = ({row, column}: GridCell): string => {
    const value = values[row * columnLabels.length + column];
    return bits(value === undefined || Number.isNaN(value) ? null : value);
  };
  return (
    <GridChart
      label={label}
      spec={spec}
      theme={look}
      height={roomFor('result', resultHeight)}
      describe={cell =>
        `${rowTitle} ${rowLabels[cell.row]}, ${columnTitle} ${columnLabels[cell.column]}: ${valueAt(cell)}`
      }
      onHover={at => (tip.value = at && {...tipOf(at), x: at.x, y: at.y})}
    />
  );

  function tipOf({row, column, cells}: GridPoint) {
    const names = [
      ...(row === null ? [] : [`${rowTitle} ${rowLabels[row]}`]),
      ...(column === null ? [] : [`${columnTitle} ${columnLabels[column]}`]),
    ];
    if (row === null || column === null) return {title: names.join(' · '), lines: []};
    return {
      title: names[0] ?? '',
      lines: [
        {label: names[1] ?? '', value: valueAt({row, column}), strong: true},
        ...(cells > 1 ? [{label: 'largest in this pixel, of', value: `${cells} cells`}] : []),
      ],
    };
  }
}

function Maps({maps, more}: {maps: readonly ResultMap[]; more: number}) {
  const look = theme.value;
  const pictures = useMemo(() => drawMaps(maps, look), [maps, look]);
  return (
    <div class={styles.maps} tabIndex={0} role="region" aria-label="Feature maps">
      {maps.map((map, i) => (
        <figure key={`${i} ${map.label}`}>
          {pictures[i] && <Picture label={`Map of ${map.label}`} picture={pictures[i]} />}
          <figcaption title={map.label}>
            {map.label.split(' · ').map(part => (
              <span key={part}>{part}</span>
            ))}
          </figcaption>
        </figure>
      ))}
      {more > 0 && <p class="hint">and {more} more; the files have them all</p>}
    </div>
  );
}
