import {shareIn, spanOf, type DotRow, type DotRowsSpec} from './dot-rows-spec.js';
import * as styles from './dot-rows.module.css';

export interface DotRowsProps {
  /** Text alternative of the rows. */
  label: string;
  spec: DotRowsSpec;
  selected: string | null;
  /** The exact values of a row in words, read out after its label. */
  describe: (key: string) => string;
  onHover: (at: {key: string; x: number; y: number} | null) => void;
  onPick: (key: string) => void;
}

/** Rows of dots, each row a button; hover and focus tell its values. */
export function DotRows({label, spec, selected, describe, onHover, onPick}: DotRowsProps) {
  return (
    <div class={styles.root}>
      <div class={styles.scale} aria-hidden="true">
        <span>{spec.domain[0]}</span>
        <span>
          {spec.domain[1].toFixed(2)} {spec.unit}
        </span>
      </div>
      <ol aria-label={label} onPointerLeave={() => onHover(null)}>
        {spec.rows.map(row => (
          <li key={row.key}>
            <button
              type="button"
              class={styles.row}
              aria-pressed={row.key === selected}
              onPointerMove={event => onHover({key: row.key, x: event.clientX, y: event.clientY})}
              onFocus={event => {
                const {left, bottom} = event.currentTarget.getBoundingClientRect();
                if (event.currentTarget.matches(':focus-visible'))
                  onHover({key: row.key, x: left + 120, y: bottom - 8});
              }}
              onBlur={() => onHover(null)}
              onClick={() => onPick(row.key)}
            >
              <span class={styles.label}>{row.label}</span>
              <Dots row={row} domain={spec.domain} />
              <span class={styles.value}>{row.value}</span>
              <span class="visually-hidden">{describe(row.key)}</span>
            </button>
          </li>
        ))}
      </ol>
    </div>
  );
}

function Dots({row, domain}: {row: DotRow; domain: readonly [number, number]}) {
  const span = spanOf(row, domain);
  const at = (value: number): string => percent(shareIn(domain, value));
  return (
    <svg class={styles.plot} aria-hidden="true" focusable="false">
      <line class={styles.line} x1="0" x2="100%" y1="50%" y2="50%" />
      {row.band && (
        <>
          <rect
            class={styles.band}
            x={at(row.band.mean - row.band.std)}
            width={percent(
              shareIn(domain, row.band.mean + row.band.std) - shareIn(domain, row.band.mean - row.band.std),
            )}
            y="4"
            height="16"
          />
          <line class={styles.mean} x1={at(row.band.mean)} x2={at(row.band.mean)} y1="4" y2="20" />
        </>
      )}
      {span && !row.band && (
        <line class={styles.span} x1={percent(span[0])} x2={percent(span[1])} y1="50%" y2="50%" />
      )}
      {row.dots.map(
        (dot, i) =>
          dot.value !== null && (
            <circle
              key={i}
              cx={at(dot.value)}
              cy="50%"
              r="4"
              fill={dot.colour}
              opacity={dot.isFaint ? 0.3 : 1}
            />
          ),
      )}
    </svg>
  );
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)}%`;
}
