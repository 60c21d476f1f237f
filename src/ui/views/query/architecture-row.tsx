import {Lanes} from '../../charts/lanes-svg.js';
import type {LaneRow} from '../../charts/lanes.js';
import {Sparkline} from '../../charts/sparkline.js';
import {tip} from '../../charts/tooltip.js';
import type {OutlineRow} from '../../model/architecture.js';
import {bits, count} from '../../model/format.js';
import {DownIcon, RightIcon} from '../../kit/icons.js';
import {architecture, entropyOfLayers, toggleBlock} from '../../state/architecture.js';
import {cutLayerNames} from '../../state/query.js';
import {currentEpoch} from '../../state/runs.js';
import {currentLayer, layerPair} from '../../state/chosen-layers.js';
import * as styles from './architecture-row.module.css';

/** CSS pixels; the style sheet has the same number. */
const rowHeight = 36;
const bar = {widest: 26, least: 4};
/** Letters at the end of a name that are shown always: they tell the layers of a block apart. */
const tail = 9;

export interface ArchitectureRowProps {
  row: OutlineRow;
  lanes: number;
  line: LaneRow | null;
  /** Channels of the widest row. */
  widest: number;
  /** The row that Tab comes to. */
  isStop: boolean;
  onPick: (withOther: boolean) => void;
}

/** A layer, a nested model or a block: its place in the graph, its width, what it is, and its entropy over time. */
export function ArchitectureRow({row, lanes, line, widest, isStop, onPick}: ArchitectureRowProps) {
  const {kind, name, type, shape, parameters, captured, isOpen, depth} = row;
  const current = currentLayer.value?.name;
  const isCurrent =
    kind === 'block' ? !isOpen && row.names.some(other => other === current) : name === current;
  const role = pairRole(row);
  const classes = [
    styles.root,
    kind === 'model' && styles.model,
    kind === 'block' && styles.block,
    isCurrent && styles.current,
    !captured && styles.faint,
    row.names.some(other => cutLayerNames.value.has(other)) && styles.inCut,
  ];
  // Channels double from layer to layer, so equal steps of width are factors.
  const share = row.channels === null ? 0 : Math.log2(row.channels) / Math.log2(Math.max(2, widest));
  return (
    <div
      class={classes.filter(Boolean).join(' ')}
      role="treeitem"
      aria-level={depth + 1}
      aria-selected={isCurrent || role !== null}
      aria-expanded={isOpen ?? undefined}
      aria-disabled={kind === 'layer' && !captured}
      tabIndex={isStop ? 0 : -1}
      onClick={event => {
        (event.currentTarget as HTMLElement).focus();
        onPick(event.shiftKey || event.ctrlKey || event.metaKey);
      }}
      onPointerMove={event => (tip.value = {x: event.clientX, y: event.clientY, ...tipOf(row)})}
      onPointerLeave={() => (tip.value = null)}
    >
      {line && <Lanes row={line} lanes={lanes} height={rowHeight} isSolid={captured} />}
      <span class={styles.bar} aria-hidden="true">
        <i style={{width: `${bar.least + share * (bar.widest - bar.least)}px`}} />
      </span>
      <span class={styles.text} style={{paddingLeft: `${depth * 8}px`}}>
        <span class={styles.name}>
          {isOpen !== null && (
            <span
              class={styles.toggle}
              onClick={event => {
                event.stopPropagation();
                toggleBlock(row.key);
              }}
            >
              {isOpen ? <DownIcon /> : <RightIcon />}
            </span>
          )}
          <span class="visually-hidden">{name}</span>
          <span aria-hidden="true">{name.slice(0, -tail)}</span>
          <span class={styles.tail} aria-hidden="true">
            {name.slice(-tail)}
          </span>
          {role !== null && <b>{role}</b>}
        </span>
        <span class={styles.meta}>
          {type} · {shape}
          {parameters > 0 && ` · ${short(parameters)}`}
          <span class="visually-hidden">
            {parameters > 0 && ' parameters'}, captured: {capturedText(row)}
          </span>
        </span>
      </span>
      <Entropy row={row} />
    </div>
  );
}

function Entropy({row}: {row: OutlineRow}) {
  const loaded = entropyOfLayers.value.value;
  const line = row.kind === 'block' ? undefined : loaded?.lines.get(row.name);
  if (!loaded || !line) return <span />;
  const marked = loaded.epochs.indexOf(currentEpoch.value ?? -1);
  return <Sparkline values={line} top={loaded.largest} marked={marked} />;
}

/** `A` and `B` are the layers of the pair in the layer view. */
function pairRole({kind, name}: OutlineRow): 'A' | 'B' | null {
  const pair = layerPair.value;
  if (!pair || kind === 'block') return null;
  return name === pair[0].name ? 'A' : name === pair[1].name ? 'B' : null;
}

function tipOf(row: OutlineRow) {
  const loaded = entropyOfLayers.value.value;
  const at = loaded?.epochs.indexOf(currentEpoch.value ?? -1) ?? -1;
  const value = loaded?.lines.get(row.name)?.[at];
  return {
    title: row.name,
    lines: [
      {label: row.kind === 'block' ? 'block' : 'type', value: row.type},
      {label: row.kind === 'block' ? 'last output' : 'output', value: row.shape},
      // Unknown for named tensors.
      ...(architecture.value.some(({parameters}) => parameters > 0)
        ? [{label: 'parameters', value: count(row.parameters)}]
        : []),
      {label: 'captured', value: capturedText(row)},
      ...(value === undefined
        ? []
        : [{label: `mean entropy, epoch ${currentEpoch.value}`, value: bits(value), strong: true}]),
    ],
  };
}

function capturedText({kind, captured, names, type}: OutlineRow): string {
  return kind === 'block' ? `${names.length} of ${type}` : captured ? 'yes' : 'no';
}

/** `1.2k`, `3.4M`. */
function short(amount: number): string {
  if (amount < 1000) return String(amount);
  const [size, unit] = amount < 1e6 ? [1e3, 'k'] : [1e6, 'M'];
  return `${Number((amount / size).toPrecision(3))}${unit}`;
}
