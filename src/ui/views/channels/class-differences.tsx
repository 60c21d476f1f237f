import {useMemo, useState} from 'preact/hooks';
import type {DotRowsSpec} from '../../charts/dot-rows-spec.js';
import {DotRows} from '../../charts/dot-rows.js';
import {colourOfCompared, type Theme} from '../../charts/palette.js';
import {tip} from '../../charts/tooltip.js';
import type {ChannelDifference} from '../../model/class-comparison.js';
import {valueInWords, type ChannelsByClass} from '../../model/channels-by-class.js';
import {bits, className, plural} from '../../model/format.js';
import type {TableData} from '../../model/table-text.js';
import {currentEpoch} from '../../state/runs.js';
import {classes} from '../../state/run-detail.js';
import {view} from '../../state/view-state.js';
import {openChannel} from './open-channel.js';
import * as buttonStyles from '../../kit/button.module.css';

/** Rows shown before the reader asks for all. */
const firstRows = 16;

export interface DifferencesProps {
  rows: ChannelDifference[];
  compared: number[];
  data: ChannelsByClass;
  layer: string;
  look: Theme;
}

/** The channels of a layer by how far apart the compared classes are in them. */
export function Differences({rows, compared, data, layer, look}: DifferencesProps) {
  const [showsAll, setShowsAll] = useState(false);
  const shown = showsAll ? rows : rows.slice(0, firstRows);
  const spec = useMemo(
    () => differenceSpec(shown, compared, look, Math.max(0, ...data.largest.map(value => value ?? 0))),
    [rows, showsAll, compared.join(' '), look],
  );
  const names = classes.value;
  const rowOf = (key: string) => rows.find(row => String(row.channel) === key);
  const describe = (key: string): string => {
    const row = rowOf(key);
    const parts = (row?.values ?? []).map(
      (value, i) => `class ${className(names, compared[i] ?? 0)} ${valueInWords(value)}`,
    );
    return `${parts.join(', ')}, difference ${bits(row?.spread ?? null)}`;
  };
  return (
    <>
      <DotRows
        label="Channels by difference between the classes"
        spec={spec}
        selected={view.channel.value === null ? null : String(view.channel.value)}
        describe={describe}
        onHover={at => {
          const row = at ? rowOf(at.key) : undefined;
          tip.value =
            at && row
              ? {
                  ...{x: at.x, y: at.y},
                  title: `${layer} · channel ${row.channel} · epoch ${currentEpoch.value}`,
                  lines: [
                    {label: 'difference', value: bits(row.spread), strong: true},
                    ...row.values.map((value, i) => ({
                      label: className(names, compared[i] ?? 0),
                      value: valueInWords(value),
                      colour: colourOfCompared(look, compared[i] ?? 0, compared),
                    })),
                  ],
                }
              : null;
        }}
        onPick={key => openChannel(Number(key), null)}
      />
      {rows.length > firstRows && (
        <button
          type="button"
          class={`${buttonStyles.root} ${buttonStyles.small}`}
          onClick={() => setShowsAll(!showsAll)}
        >
          {showsAll ? `Only the first ${firstRows}` : `Show all ${plural(rows.length, 'channel')}`}
        </button>
      )}
    </>
  );
}

/** One row per channel, a dot per class. */
export function differenceSpec(
  rows: readonly ChannelDifference[],
  compared: readonly number[],
  look: Theme,
  high = Math.max(0, ...rows.flatMap(row => row.values.map(value => value.bits ?? 0))),
): DotRowsSpec {
  return {
    domain: [0, high === 0 ? 1 : high],
    unit: 'bits',
    rows: rows.map(row => ({
      key: String(row.channel),
      label: `channel ${row.channel}`,
      dots: row.values.map((value, i) => ({
        colour: colourOfCompared(look, compared[i] ?? 0, compared),
        value: value.bits,
      })),
      value: row.spread === null ? 'undefined' : `Δ ${row.spread.toFixed(3)}`,
    })),
  };
}

/** The rows with their numbers. */
export function differenceTable(
  rows: readonly ChannelDifference[],
  compared: readonly number[],
  names: readonly string[],
): TableData {
  return {
    columns: ['channel', ...compared.map(index => `${className(names, index)}, bits`), 'difference, bits'],
    rows: rows.map(row => [row.channel, ...row.values.map(value => value.bits), row.spread]),
  };
}
