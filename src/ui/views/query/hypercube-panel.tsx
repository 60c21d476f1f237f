import {useRef, useState} from 'preact/hooks';
import {LAYER_MEASURES} from '../../../shared/layer-measures.js';
import {measureName, withMeasure, type MeasureName} from '../../model/cut.js';
import {measureOf} from '../../model/selection.js';
import {ExportMenu} from '../../kit/export-menu.js';
import {IconButton} from '../../kit/icon-button.js';
import {CloseIcon, FullIcon} from '../../kit/icons.js';
import {axes, cut, submitQuery, expression, reading, selectAgain} from '../../state/query.js';
import {hypercubeContent} from './hypercube-figure.js';
import {Hypercube, nothing} from './hypercube.js';
import * as buttonStyles from '../../kit/button.module.css';
import * as railStyles from './rail.module.css';
import * as styles from './hypercube-panel.module.css';

const measures: readonly (readonly [MeasureName, string])[] = [
  ['H', 'H, entropy of maps'],
  ['Hx', 'Hx, entropy of samples'],
  ...LAYER_MEASURES.flatMap(({name, title}) =>
    name === undefined ? [] : [[name, `${name}, ${title}`] as const],
  ),
  ['C', 'C, channel capacity'],
  ['dCNN', 'dCNN, feature maps'],
  ['H(label|y)', 'H(label | y)'],
  ['H(y|label)', 'H(y | label)'],
];

/** The hypercube in the rail, what is measured of its cut, and the same on a larger surface. */
export function HypercubePanel() {
  const dialog = useRef<HTMLDialogElement>(null);
  const [isLarge, setLarge] = useState(false);
  const content = hypercubeContent(axes.value, cut.value ?? nothing, expression.value);
  return (
    <section class={`${railStyles.section} ${styles.root}`} aria-labelledby="hypercube-title">
      <header>
        <h2 id="hypercube-title">Hypercube</h2>
        <MeasureChoice />
        <ExportMenu content={content} />
        <IconButton
          label="Enlarge the hypercube"
          title="Enlarge"
          onClick={() => {
            setLarge(true);
            dialog.current?.showModal();
          }}
        >
          <FullIcon />
        </IconButton>
      </header>
      <Hypercube />
      <dialog
        ref={dialog}
        class={styles.large}
        aria-label="Hypercube, enlarged"
        onClose={() => setLarge(false)}
      >
        {isLarge && (
          <>
            <header>
              <MeasureChoice />
              <IconButton
                label="Close the enlarged hypercube"
                title="Close (Esc)"
                onClick={() => dialog.current?.close()}
              >
                <CloseIcon />
              </IconButton>
            </header>
            <Hypercube />
            <footer>
              <code>{expression.value}</code>
              <button
                type="button"
                class={`${buttonStyles.root} ${buttonStyles.primary}`}
                disabled={reading.value.query === null}
                onClick={() => {
                  submitQuery();
                  dialog.current?.close();
                }}
              >
                Query
              </button>
            </footer>
          </>
        )}
      </dialog>
    </section>
  );
}

function MeasureChoice() {
  const {query} = reading.value;
  const shown = query ? measureName(measureOf(query)) : '';
  return (
    <select
      class={styles.measure}
      aria-label="Measure"
      value={shown}
      onChange={event => {
        const name = event.currentTarget.value;
        selectAgain((asked, run) => withMeasure(asked, name, run));
      }}
    >
      {shown === '' && <option value="">not in the notation</option>}
      {measures.map(([name, text]) => (
        <option key={name} value={name}>
          {text}
        </option>
      ))}
    </select>
  );
}
