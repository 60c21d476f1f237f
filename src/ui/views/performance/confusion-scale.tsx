import {colourOf, type GridSpec} from '../../charts/grid-paint.js';
import type {Theme} from '../../charts/palette.js';
import type {ConfusionColours, ConfusionScale} from '../../model/confusion.js';
import type {FigureKey, NamedColour} from '../../model/figure.js';
import {count, percent} from '../../model/format.js';
import {theme} from '../../kit/theme.js';
import * as styles from './confusion-scale.module.css';

/** A matrix as it is coloured. */
interface Coloured {
  spec: GridSpec;
  colours: ConfusionColours;
}

interface Choices {
  mode: 'counts' | 'shares';
  scale: ConfusionScale;
}

/** What the colours of the matrix mean: amounts beside the colour that each has. */
export function ConfusionScaleLegend({mode, scale, ...picture}: Coloured & Choices) {
  return (
    <div class={styles.scale}>
      {amountColours(picture, {mode, scale}, theme.value).map(({label, colour}) => (
        <span key={label}>
          <i class={styles.step} style={{backgroundColor: colour}} />
          {label}
        </span>
      ))}
      {scale === 'errors' && (
        <span>
          <i class={`${styles.step} ${styles.hatched}`} /> {leftOut}
        </span>
      )}
    </div>
  );
}

/** The same for a file. */
export function confusionKeys(picture: Coloured, choices: Choices, look: Theme): FigureKey[] {
  return [
    {kind: 'names', items: amountColours(picture, choices, look)},
    ...(choices.scale === 'errors' ? [{kind: 'note', text: `hatched: ${leftOut}`} as const] : []),
  ];
}

const leftOut = 'correct, left out';

function amountColours({spec, colours}: Coloured, {mode, scale}: Choices, look: Theme): NamedColour[] {
  return amountsOf(mode, scale, colours.end).map(amount => ({
    label: mode === 'counts' ? count(amount) : percentText(amount),
    colour: colourOf(colours.of(amount), spec, look),
  }));
}

/** Amounts that the legend names, from none to the end of the scale. */
function amountsOf(mode: 'counts' | 'shares', scale: ConfusionScale, end: number): number[] {
  if (scale === 'log') return mode === 'shares' ? [0, 0.001, 0.01, 0.1, 1] : [0, 1, 10, 100, 1000];
  const shares = [0, 0.25, 0.5, 0.75, 1].map(share => share * end);
  return mode === 'shares' ? shares : [...new Set(shares.map(Math.round))];
}

function percentText(share: number): string {
  return share < 0.1 && share > 0 ? percent(share) : `${Math.round(100 * share)} %`;
}
