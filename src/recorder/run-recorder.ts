import {
  classTables,
  joinTables,
  measureLayer,
  tablesAt,
  trainingSetEntropy,
  type LayerMeasures,
  type MeasureFailure,
} from '../measures/index.js';
import {samplesOf, type LayerSamples, type SquaredDistances} from '../metrics/index.js';
import {simdIntraSampleEntropy, simdSquaredDistances} from '../metrics/simd/index.js';
import {
  storedSamples,
  type LayerEntropyRow,
  type LayerInfo,
  type LogsRow,
  type RunStatus,
  type TableName,
  type TableRows,
  type TrainingSetRow,
} from '../shared/index.js';
import {openRun, RunWriter, type EpochWriter} from '../store/index.js';
import {systemErrorCode} from '../store/file-error.js';
import {EpochEvents, type EventsOfEpoch} from './events/epoch-events.js';
import {EpochRoom, type Room} from './epoch-room.js';
import {EpochSamples, samplesInBlock, waitingBytes, type CapturedLayer} from './epoch-samples.js';
import type {
  ActivationBatch,
  EpochCapture,
  EpochTables,
  OpenedRun,
  RecordedEpoch,
  Recorder,
  RecorderSetup,
} from '../shared/recording/recorder.js';
import {reasonOf, Stages, type StageFailure} from '../shared/recording/stages.js';

const EVENTS = {stage: 'tensorboard', of: null, what: 'events for TensorBoard could not be written'} as const;

const ALL: Room = {parts: 'all', failure: null};

/** The recorder that does the work, in whatever thread it lives. */
export class RunRecorder implements Recorder {
  readonly #squaredDistances: SquaredDistances;
  readonly #intraSampleEntropy = simdIntraSampleEntropy();
  #setup: RecorderSetup | undefined;
  #run: RunWriter | undefined;
  #events: EpochEvents | undefined;
  /** The inputs never change, so they are measured once. */
  #inputMeasures: LayerMeasures[] | undefined;
  /** Of the training set, which never changes either; null where there is none, or it failed. */
  #trainingSet: Omit<TrainingSetRow, 'epoch'>[] | null | undefined;
  /** The batches of the epoch that is recorded next. */
  #batches: {epoch: number; room: Room; samples: EpochSamples | null} | undefined;
  #room: EpochRoom | undefined;

  /** @param squaredDistances - What computes the distances between samples. */
  constructor(squaredDistances: SquaredDistances = simdSquaredDistances()) {
    this.#squaredDistances = squaredDistances;
  }

  async open(setup: RecorderSetup): Promise<OpenedRun> {
    const {probe, tensorboard} = setup;
    this.#run = await RunWriter.create(setup.dir, setup.info, probe, setup.start);
    const {dir, info, start, replaced, instead, overwritten} = this.#run;
    this.#room = await EpochRoom.open(dir, setup.disk);
    this.#setup = {...setup, info};
    const squaredDistances = this.#squaredDistances;
    const stages = new Stages();
    if (tensorboard) {
      const source = {info, probe, tensorboard, squaredDistances, runDir: dir, start, overwritten};
      this.#events = await stages.run(EVENTS, () => EpochEvents.open(source));
    }
    return {dir, info, start, replaced, instead, failures: stages.failures};
  }

  async batch({epoch, start, maps}: ActivationBatch): Promise<void> {
    if (start === 0) await this.#beginEpoch(epoch);
    this.#batches?.samples?.add(start, maps);
  }

  async record(capture: EpochCapture): Promise<RecordedEpoch> {
    const batches = this.#batches?.epoch === capture.epoch ? this.#batches : undefined;
    this.#batches = undefined;
    const {room, samples} = batches ?? {room: ALL, samples: null};
    const failures = [...capture.failures, ...(room.failure ? [room.failure] : [])];
    if (room.parts === 'none') return {epoch: capture.epoch, nonFinite: [], failures};
    try {
      return await this.#record({...capture, failures}, room, samples);
    } finally {
      samples?.close();
    }
  }

  async #beginEpoch(epoch: number): Promise<void> {
    const {setup, run} = this.#opened();
    this.#batches?.samples?.close(); // of an epoch that was broken off
    const {layers, inputs, probe} = setup.info;
    const of = {layers: layers.slice(inputs), samples: probe.samples, memory: setup.memory};
    const room = (await this.#room?.next(waitingBytes(of))) ?? ALL;
    const isMeasured = room.parts === 'all' || room.parts === 'without-activations';
    this.#batches = {epoch, room, samples: isMeasured ? new EpochSamples({dir: run.dir, ...of}) : null};
  }

  async #record(capture: EpochCapture, room: Room, samples: EpochSamples | null): Promise<RecordedEpoch> {
    const {run} = this.#opened();
    const {epoch} = capture;
    const kept = await keptLogs(run, epoch);
    const writer = await run.epoch(epoch);
    try {
      const stages = new Stages(capture.failures);
      const activations = await heldLayers(samples, stages);
      const logs = joinLogs(kept, capture.logs);
      const stored = room.parts === 'all';
      const tables = await this.#write(writer, {...capture, logs, activations, stored}, stages);
      await writer.commit(stages.failures);
      this.#room?.took(room.parts);
      await this.#writeEvents(epoch, {tables, activations, stages});
      return {epoch, nonFinite: nonFiniteLayers(tables.layer_entropy ?? []), failures: stages.failures};
    } catch (error) {
      // Room for the run's status, at least; the error at hand is the one to tell.
      if (isDiskFull(error)) await run.discard(epoch).catch(() => undefined);
      throw error;
    }
  }

  async close(status: RunStatus): Promise<StageFailure[]> {
    const stages = new Stages();
    const outcome = status === 'failed' ? 'failure' : 'success';
    await stages.run(EVENTS, () => this.#events?.close(outcome));
    await this.#run?.close(status);
    return stages.failures;
  }

  /** Writes the files of an epoch but for its manifest; of each that fails, all others are there. */
  async #write(
    writer: EpochWriter,
    capture: EpochCapture & {activations: readonly CapturedLayer[]; stored: boolean},
    stages: Stages,
  ): Promise<EpochTables> {
    const {info, probe} = this.#opened().setup;
    const {epoch, weights} = capture;
    const measures = this.#measureInputs(epoch);
    for (const {layer, maps} of capture.activations) {
      const of = layer.name;
      const stored = {
        stage: 'activations',
        of,
        what: `the activations of layer ${of} could not be stored`,
      } as const;
      if (capture.stored) await stages.run(stored, () => this.#store(writer, layer, maps));
      const measured = {stage: 'measures', of, what: `layer ${of} could not be measured`} as const;
      const rows = await stages.run(measured, () => measureLayer(layer, maps, this.#measureOptions(epoch)));
      if (rows) measures.push(rows);
    }
    stages.failures.push(...measures.flatMap(({failures}) => failures).map(measureFailure));
    const kept = {stage: 'weights', of: null, what: 'the weights could not be stored'} as const;
    await stages.run(kept, () => writer.weights(weights));
    const trainingSet = await this.#measureTrainingSet(stages);
    const tables = {
      logs: capture.logs,
      ...(trainingSet && {training_set: trainingSet.map(row => ({epoch, ...row}))}),
      ...joinTables(measures.map(measured => measured.tables)),
      ...classTables(capture, probe.labels, info.classes.length),
    };
    await writeTables(writer, tables, stages);
    return tables;
  }

  async #writeEvents(epoch: number, of: EventsOfEpoch): Promise<void> {
    const events = this.#events;
    const recorded = await of.stages.run(EVENTS, async () => {
      await events?.record(epoch, of);
      return true;
    });
    if (recorded) return;
    // Unwritable events would accumulate.
    this.#events = undefined;
    await events?.close('failure').catch(() => undefined);
  }

  async #store(writer: EpochWriter, layer: LayerInfo, maps: LayerSamples): Promise<void> {
    const {info} = this.#opened().setup;
    const samples = storedSamples(info);
    if (samples > 0) await writer.activations(layer, maps, samples);
  }

  #measureInputs(epoch: number): LayerMeasures[] {
    const {setup} = this.#opened();
    this.#inputMeasures ??= setup.probe.inputs.map(({values}, i) => {
      const layer = setup.info.layers[i];
      if (!layer)
        throw new Error(
          `RunRecorder: the probe has input ${i}, but the run lists ${setup.info.layers.length} layers.`,
        );
      const {samples} = setup.info.probe;
      const block = samplesInBlock(layer, samples, setup.memory);
      return measureLayer(layer, samplesOf(values, samples, block), this.#measureOptions(epoch));
    });
    return this.#inputMeasures.map(({tables, failures}) => ({failures, tables: tablesAt(epoch, tables)}));
  }

  async #measureTrainingSet(stages: Stages): Promise<Omit<TrainingSetRow, 'epoch'>[] | null> {
    if (this.#trainingSet !== undefined) return this.#trainingSet;
    const {trainingSet, info} = this.#opened().setup;
    const failing = {
      stage: 'measures',
      of: 'training set',
      what: 'the training set could not be measured',
    } as const;
    const {k} = info.options;
    const rows =
      trainingSet &&
      (await stages.run(failing, () =>
        trainingSetEntropy(trainingSet, {k, squaredDistances: this.#squaredDistances}),
      ));
    return (this.#trainingSet = rows ?? null);
  }

  #measureOptions(epoch: number) {
    const {info, probe} = this.#opened().setup;
    const {bins, range, k} = info.options;
    const kernels = {
      squaredDistances: this.#squaredDistances,
      intraSampleEntropy: this.#intraSampleEntropy,
    };
    return {epoch, labels: probe.labels, classes: info.classes.length, bins, range, k, ...kernels};
  }

  #opened(): {setup: RecorderSetup; run: RunWriter} {
    if (!this.#setup || !this.#run) throw new Error('RunRecorder: open() must come first.');
    return {setup: this.#setup, run: this.#run};
  }
}

/** The layers of an epoch; none where its batches found no room. */
async function heldLayers(samples: EpochSamples | null, stages: Stages): Promise<CapturedLayer[]> {
  const what = 'the activations could not be held until they are measured';
  const layers = await stages.run({stage: 'activations', of: null, what}, () => {
    if (samples?.failure) throw samples.failure;
    return samples?.layers();
  });
  return layers ?? [];
}

function isDiskFull(error: unknown): boolean {
  const code = error instanceof Error ? systemErrorCode(error.cause) : undefined;
  return code === 'ENOSPC' || code === 'EDQUOT';
}

async function writeTables(writer: EpochWriter, tables: EpochTables, stages: Stages): Promise<void> {
  const write = async <T extends TableName>(name: T, rows: TableRows[T][] | undefined) => {
    if (rows) await writer.table(name, rows);
  };
  for (const name of Object.keys(tables) as TableName[]) {
    const failing = {stage: 'table', of: name, what: `the table ${name} could not be stored`} as const;
    await stages.run(failing, () => write(name, tables[name]));
  }
}

function measureFailure({measure, layer, message}: MeasureFailure): StageFailure {
  const what = `the ${measure} of layer ${layer} could not be computed`;
  return {stage: 'measures', of: measure, what, reason: reasonOf(message)};
}

function nonFiniteLayers(rows: LayerEntropyRow[]): RecordedEpoch['nonFinite'] {
  return rows
    .filter(row => row.class === null && row.invalid > 0)
    .map(({layer, invalid}) => ({layer, samples: invalid}));
}

/** Keeps the new values of an epoch that is logged again. */
function joinLogs(kept: LogsRow[], logs: LogsRow[]): LogsRow[] {
  const isNew = (row: LogsRow) => !logs.some(({epoch, name}) => epoch === row.epoch && name === row.name);
  return [...kept.filter(isNew), ...logs];
}

/** Logs of the epoch that a training resumes from: if it is captured again, its loss must not be lost. */
async function keptLogs({dir, start}: RunWriter, epoch: number): Promise<LogsRow[]> {
  if (!start.captured || epoch !== start.epoch) return [];
  return (await (await openRun(dir)).table('logs', {epochs: [epoch]})).filter(row => row.epoch === epoch);
}
