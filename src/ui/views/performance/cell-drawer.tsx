import {useLayoutEffect, useRef} from 'preact/hooks';
import {pictureRange, samplePicture, type LayerInfo, type PredictionsRow} from '../../../shared/index.js';
import type {ProbeSample} from '../../api/samples.js';
import {className, plural} from '../../model/format.js';
import {Drawer} from '../../kit/drawer.js';
import {cellSamples} from '../../state/performance-tables.js';
import {classes, detail} from '../../state/run-detail.js';
import {view} from '../../state/view-state.js';
import {cellContent} from './cell-figure.js';
import {Failure} from '../../kit/failure.js';
import * as panelMessageStyles from '../../kit/panel-message.module.css';
import * as styles from './cell-drawer.module.css';

/** The probe samples of the opened cell of the confusion matrix. */
export function CellDrawer() {
  const cell = view.cell.value;
  const loaded = cellSamples.value.value;
  if (!cell) return null;
  const names = classes.value;
  const error = cellSamples.error.value;
  return (
    <Drawer
      label="Samples of the cell"
      title={`True ${className(names, cell.label)}, predicted ${className(names, cell.predicted)}`}
      subtitle={loaded ? subtitleOf(loaded) : 'Loading…'}
      onClose={() => (view.cell.value = null)}
      isBusy={cellSamples.slow.value}
      content={loaded && cellContent(loaded, caption)}
    >
      {error && <Failure message={error.message} onRetry={() => cellSamples.retry()} />}
      {!error && loaded && <SampleList rows={loaded.rows} inputs={loaded.inputs} />}
    </Drawer>
  );
}

function SampleList({rows, inputs}: {rows: PredictionsRow[]; inputs: ProbeSample[]}) {
  const shape = detail.value.value?.info.layers[0];
  if (rows.length === 0) {
    const fromProbe = detail.value.value?.info.evaluation.source === 'probe';
    return (
      <p class={panelMessageStyles.root}>
        {fromProbe
          ? 'No sample is in this cell at this epoch.'
          : 'No probe sample is in this cell. The matrix counts the evaluation set, whose inputs are not stored.'}
      </p>
    );
  }
  const range = pictureRange(inputs.map(input => input.input));
  return (
    <ul class={styles.samples} tabIndex={0} aria-label="Samples">
      {inputs.map(input => {
        const row = rows.find(other => other.sample === input.sample);
        return (
          <li key={input.sample}>
            {shape && <SampleImage input={input} shape={shape} range={range} />}
            <span>{row && caption(row)}</span>
          </li>
        );
      })}
      {rows.length > inputs.length && (
        <li class="faint">and {plural(rows.length - inputs.length, 'more sample')}</li>
      )}
    </ul>
  );
}

interface SampleImageProps {
  input: ProbeSample;
  shape: LayerInfo;
  range: [number, number];
}

function SampleImage({input, shape, range}: SampleImageProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const {width, height, pixels} = samplePicture(input.input, shape, range);
    element.width = width;
    element.height = height;
    element.getContext('2d')?.putImageData(new ImageData(pixels, width, height), 0, 0);
  }, [input, shape, range]);
  return <canvas ref={canvas} role="img" aria-label={`Input of sample ${input.sample}`} />;
}

function caption({sample, label, predicted, probability}: PredictionsRow): string {
  const sure = probability === null ? '' : ` · p ${probability.toFixed(2)}`;
  return `sample ${sample} · label ${label} · predicted ${predicted}${sure}`;
}

function subtitleOf({epoch, rows}: {epoch: number; rows: PredictionsRow[]}): string {
  const counted = detail.value.value?.info.evaluation.source === 'evaluation';
  const note = counted ? ' · the matrix counts the evaluation set' : '';
  return `epoch ${epoch} · ${plural(rows.length, 'probe sample')}, surest first${note}`;
}
