import {useMemo} from 'preact/hooks';
import {resultPicture} from '../../model/result-picture.js';
import {factsInWords, resultTable} from '../../model/result-table.js';
import {DataTable} from '../../kit/data-table.js';
import {IconButton} from '../../kit/icon-button.js';
import {CloseIcon} from '../../kit/icons.js';
import {Panel} from '../../kit/panel.js';
import {answer, answerProgress, clearQuery} from '../../state/query.js';
import {classes} from '../../state/run-detail.js';
import {ResultChart} from './result-chart.js';
import {resultDrawing} from './result-drawing.js';
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
        result &&
        picture && {
          name: 'query-result',
          table: () => resultTable(result),
          source: {queries: [result.expression]},
          isRaster: picture.kind === 'grid' || picture.kind === 'maps',
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

function CloseResult() {
  return (
    <IconButton label="Close the result" onClick={clearQuery}>
      <CloseIcon />
    </IconButton>
  );
}
