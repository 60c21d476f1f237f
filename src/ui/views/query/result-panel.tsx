import {useMemo} from 'preact/hooks';
import {cellOf, isConstant, type QueryResult} from '../../../shared/index.js';
import {resultPicture} from '../../model/result-picture.js';
import {factsInWords, resultTable} from '../../model/result-table.js';
import {DataTable} from '../../kit/data-table.js';
import {IconButton} from '../../kit/icon-button.js';
import {CloseIcon} from '../../kit/icons.js';
import {Panel} from '../../kit/panel.js';
import {answer, answerProgress, clearQuery} from '../../state/query.js';
import {classes} from '../../state/run-detail.js';
import {ResultChart} from './result-chart.js';
import {resultDrawing, resultKeys} from './result-drawing.js';
import * as styles from './result-panel.module.css';

/** Number of rows next to the drawing; the export has them all. */
const shownRows = 500;

/** The answer to the query submitted: a drawing that fits it, and its rows. */
export function ResultPanel() {
  const loaded = answer.value.value;
  const result = loaded?.result ?? null;
  const picture = useMemo(() => result && resultPicture(result, classes.value), [result, classes.value]);
  const table = useMemo(() => result && resultTable(result, shownRows), [result]);
  return (
    <Panel
      title="Result"
      id="result"
      class={styles.root}
      subtitle={result ? factsInWords(result) : ''}
      waitsFor={answer}
      doing={answerProgress.value}
      content={
        loaded &&
        result &&
        picture && {
          name: `result-${result.expression}`,
          table: () => resultTable(result),
          source: {queries: [result.expression]},
          facts: {runs: [loaded.run], epoch: onlyEpoch(result), unit: result.unit === 'bit' ? 'bits' : null},
          keys: look => resultKeys(picture, look),
          drawing: look => resultDrawing(picture, look),
        }
      }
      controls={<CloseResult />}
    >
      {result && picture && table && (
        <div class={styles.body}>
          <div class={styles.drawing}>
            <ResultChart label={`${result.expression}, ${result.measure}`} picture={picture} />
          </div>
          <DataTable label="Result" table={table} />
        </div>
      )}
    </Panel>
  );
}

/** The epoch of all rows; null where there are several, or none. */
function onlyEpoch({columns, rows}: QueryResult): number | null {
  const epochs = columns['epoch'];
  if (!epochs || rows === 0 || epochs.type !== 'int32' || !isConstant(epochs)) return null;
  return cellOf(epochs, 0);
}

function CloseResult() {
  return (
    <IconButton label="Close the result" onClick={clearQuery}>
      <CloseIcon />
    </IconButton>
  );
}
