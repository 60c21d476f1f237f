import {classEntropies, confusionMatrix, measureLayer, type LayerMeasures} from '../../metrics/index.js';
import {simdSquaredDistances} from '../../metrics/simd/index.js';
import {
  storedSamples,
  type LayerEntropyRow,
  type LayerInfo,
  type LogsRow,
  type RunStatus,
  type TableName,
  type TableRows,
} from '../../shared/index.js';
import {openRun, RunFormatError, RunWriter, type EpochWriter, type Run} from '../../store/index.js';
import {EpochEvents} from './events/epoch-events.js';
import type {EpochCapture, EpochTables, RecordedEpoch, Recorder, RecorderSetup} from './messages.js';

/** The recorder that does the work, in whatever thread it lives. */
export class RunRecorder implements Recorder {
  readonly #squaredDistances = simdSquaredDistances();
  #setup: RecorderSetup | undefined;
  #run: RunWriter | undefined;
  #events: EpochEvents | undefined;
  /** The inputs never change, so they are measured once. */
  #inputMeasures: LayerMeasures[] | undefined;
  /** Logs of the epoch that a continued run starts from: it is captured anew, and its loss must not be lost. */
  #keptLogs: LogsRow[] = [];

  async open(setup: RecorderSetup): Promise<number[]> {
    this.#setup = setup;
    const {dir, info, probe, tensorboard} = setup;
    const {initialEpoch} = info.training;
    this.#keptLogs = initialEpoch > 0 ? await readLogs(dir, initialEpoch) : [];
    this.#run = await RunWriter.create(dir, info, probe);
    const squaredDistances = this.#squaredDistances;
    if (tensorboard) this.#events = await EpochEvents.open({info, probe, tensorboard, squaredDistances});
    return this.#run.replaced;
  }

  async record(capture: EpochCapture): Promise<RecordedEpoch> {
    const {setup, run} = this.#opened();
    const {epoch} = capture;
    const {labels} = setup.probe;
    const writer = await run.epoch(epoch);
    const measures = this.#measureInputs(epoch);
    for (const {layer, maps} of capture.activations) {
      await this.#store(writer, layer, maps);
      measures.push(measureLayer(layer, maps, this.#measureOptions(epoch)));
    }
    if (capture.weights.length > 0) await writer.weights(capture.weights);
    const tables = {
      logs: joinLogs(this.#keptLogs, capture.logs),
      channel_entropy: measures.flatMap(({channels}) => channels),
      layer_entropy: measures.flatMap(({layer}) => layer),
      ...classTables(capture, labels, setup.info.classes.length),
    };
    this.#keptLogs = [];
    await writeTables(writer, tables);
    await writer.commit();
    await this.#events?.record(epoch, tables, capture.activations);
    return {epoch, nonFinite: nonFiniteLayers(tables.layer_entropy)};
  }

  async close(status: RunStatus): Promise<void> {
    await this.#events?.close(status === 'failed' ? 'failure' : 'success');
    await this.#run?.setStatus(status);
  }

  async #store(writer: EpochWriter, layer: LayerInfo, maps: Float32Array): Promise<void> {
    const {info} = this.#opened().setup;
    const samples = storedSamples(info);
    if (samples === 0) return;
    await writer.activations(layer, maps.subarray(0, (maps.length / info.probe.samples) * samples), samples);
  }

  #measureInputs(epoch: number): LayerMeasures[] {
    const {setup} = this.#opened();
    this.#inputMeasures ??= setup.probe.inputs.map(({values}, i) => {
      const layer = setup.info.layers[i];
      if (!layer)
        throw new Error(
          `RunRecorder: the probe has input ${i}, but the run lists ${setup.info.layers.length} layers.`,
        );
      return measureLayer(layer, values, this.#measureOptions(epoch));
    });
    return this.#inputMeasures.map(({channels, layer, failures}) => ({
      failures,
      channels: channels.map(row => ({...row, epoch})),
      layer: layer.map(row => ({...row, epoch})),
    }));
  }

  #measureOptions(epoch: number) {
    const {info, probe} = this.#opened().setup;
    const {bins, range, k} = info.options;
    const squaredDistances = this.#squaredDistances;
    return {epoch, labels: probe.labels, classes: info.classes.length, bins, range, k, squaredDistances};
  }

  #opened(): {setup: RecorderSetup; run: RunWriter} {
    if (!this.#setup || !this.#run) throw new Error('RunRecorder: open() must come first.');
    return {setup: this.#setup, run: this.#run};
  }
}

async function writeTables(writer: EpochWriter, tables: EpochTables): Promise<void> {
  const write = async <T extends TableName>(name: T, rows: TableRows[T][] | undefined) => {
    if (rows) await writer.table(name, rows);
  };
  for (const name of Object.keys(tables) as TableName[]) await write(name, tables[name]);
}

function classTables(
  {epoch, predictions, evaluation}: EpochCapture,
  labels: Int32Array,
  classes: number,
): EpochTables {
  if (!predictions || !evaluation) return {};
  const counts = confusionMatrix(evaluation.labels, evaluation.predicted, classes);
  const entropies = classEntropies(counts, classes);
  const reason = (i: number) =>
    [entropies.neverPredicted[i] && 'never-predicted', entropies.neverSeen[i] && 'never-seen']
      .filter(Boolean)
      .join(',') || null;
  return {
    confusion: Array.from(counts, (count, cell) => ({
      epoch,
      label: Math.floor(cell / classes),
      predicted: cell % classes,
      count,
    })),
    class_entropy: Array.from({length: classes}, (_, i) => ({
      epoch,
      class: i,
      label_given_pred: entropies.labelGivenPred[i] ?? null,
      pred_given_label: entropies.predGivenLabel[i] ?? null,
      reason: reason(i),
    })),
    predictions: Array.from(labels, (label, sample) => ({
      epoch,
      sample,
      label,
      predicted: predictions.predicted[sample] as number,
      probability: Number.isFinite(predictions.probability[sample])
        ? (predictions.probability[sample] as number)
        : null,
    })),
  };
}

function nonFiniteLayers(rows: LayerEntropyRow[]): RecordedEpoch['nonFinite'] {
  return rows
    .filter(row => row.class === null && row.invalid > 0)
    .map(({layer, invalid}) => ({layer, samples: invalid}));
}

/** Of an epoch that is logged again, the new values. */
function joinLogs(kept: LogsRow[], logs: LogsRow[]): LogsRow[] {
  const isNew = (row: LogsRow) => !logs.some(({epoch, name}) => epoch === row.epoch && name === row.name);
  return [...kept.filter(isNew), ...logs];
}

/** None where no run is there yet, as when a training goes on from weights that were saved. */
async function readLogs(dir: string, epoch: number): Promise<LogsRow[]> {
  let run: Run;
  try {
    run = await openRun(dir);
  } catch (error) {
    if (error instanceof RunFormatError && error.code === 'not-a-run') return [];
    throw error;
  }
  const epochs = (await run.epochs()).filter(t => t === epoch);
  return epochs.length > 0 ? (await run.table('logs', {epochs})).filter(row => row.epoch === epoch) : [];
}
