import {useMemo, useState} from 'preact/hooks';
import type {QueryResult} from '../../../shared/index.js';
import {barPaint} from '../../charts/bar-spec.js';
import type {Paint} from '../../charts/canvas.js';
import {gridPaint} from '../../charts/grid-spec.js';
import {linePicture} from '../../charts/line-picture.js';
import type {Theme} from '../../charts/palette.js';
import {resultPicture, type ResultPicture} from '../../model/result-picture.js';
import {factsInWords, resultTable} from '../../model/result-table.js';
import {DataTable} from '../../shell/data-table.js';
import {CloseIcon} from '../../shell/icons.js';
import {Panel} from '../../shell/panel.js';
import {pictureOf, pictureRatio} from '../../shell/panel-export.js';
import {answer, answerProgress, dropQuestion} from '../../state/question.js';
import {classes} from '../../state/tables.js';
import {ResultChart, resultHeight} from './result-chart.js';
import {barSpecOf, gridSpecOf, lineSpecOf} from './result-specs.js';

/** Rows beside the drawing; the export has them all. */
const shownRows = 500;

/** The answer to the question asked: a drawing that fits it, and its rows. */
export function ResultPanel() {
  const loaded = answer.value.value;
  const result = loaded?.result ?? null;
  const picture = useMemo(() => result && resultPicture(result, classes.value), [result, classes.value]);
  const table = useMemo(() => result && resultTable(result, shownRows), [result]);
  return (
    <Panel
      title="Result"
      class="result"
      subtitle={result ? factsInWords(result) : ''}
      waitsFor={answer}
      doing={answerProgress.value}
      content={
        result &&
        picture && {
          name: 'query-result',
          table: () => resultTable(result),
          picture: look => drawingOf(picture, look),
        }
      }
      controls={<Controls result={result} />}
    >
      {result && picture && table && (
        <div class="result-body">
          <div class="result-drawing">
            <ResultChart label={`${result.expression}, ${result.measure}`} picture={picture} />
          </div>
          <DataTable label="Result" table={table} />
        </div>
      )}
    </Panel>
  );
}

function Controls({result}: {result: QueryResult | null}) {
  const [copied, setCopied] = useState(false);
  return (
    <>
      {result && (
        <button
          type="button"
          class="button small"
          title={result.expression}
          onClick={() => void navigator.clipboard.writeText(result.expression).then(() => setCopied(true))}
        >
          {copied ? 'Query copied' : 'Copy query'}
        </button>
      )}
      <button
        type="button"
        class="icon-button result-close"
        aria-label="Close the result"
        title="Close the result"
        onClick={dropQuestion}
      >
        <CloseIcon />
      </button>
    </>
  );
}

const pictureSize = {width: 960, height: resultHeight * 2};

function drawingOf(picture: ResultPicture, look: Theme): Promise<HTMLCanvasElement> {
  if (picture.kind === 'lines') {
    return linePicture(lineSpecOf(picture, look), look, {...pictureSize, ratio: pictureRatio});
  }
  return pictureOf(paintOf(picture, look), pictureSize);
}

function paintOf(picture: ResultPicture, look: Theme): Paint {
  if (picture.kind === 'bars') return barPaint(barSpecOf(picture, look), look);
  if (picture.kind === 'grid') return gridPaint(gridSpecOf(picture), look);
  return context => {
    context.fillStyle = look.ink;
    context.font = '14px system-ui, sans-serif';
    context.fillText(
      picture.kind === 'number' ? `${picture.value ?? 'undefined'} bits` : 'See the table.',
      8,
      24,
    );
  };
}
