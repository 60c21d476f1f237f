import {basename, resolve} from 'node:path';
import type {LogsRow, RunInfo} from '../shared/index.js';
import type {WeightTensor} from '../store/index.js';
import {ActivationModel} from './activation-model.js';
import {findClassifier, readPredictions, type Classifier} from './classifier.js';
import {hyperparameters} from './hyperparameters.js';
import {LabelledSet} from './labelled-set.js';
import {selectLayers} from './layer-selection.js';
import {resolveOptions, type CnnSlicerOptions, type ResolvedOptions} from './options.js';
import {BackgroundRecorder} from './recorder/background-recorder.js';
import type {
  EpochCapture,
  RecordedEpoch,
  Recorder,
  RecorderSetup,
  TensorBoardSetup,
} from './recorder/messages.js';
import {RunRecorder} from './recorder/run-recorder.js';
import {describeRun, type FitParams} from './run-description.js';
import {tensorBoardGraph} from './tensorboard-graph.js';
import {capacityPairs, resolveTensorBoard} from './tensorboard-options.js';
import type {LayersModel, Tensor, TensorFlow} from './tensorflow.js';

/** Epochs that may wait for the recorder before training waits for it: what bounds the memory. */
const MAX_WAITING = 2;

/** Two installed copies of tfjs share no classes, so neither can use the other's models. */
export const OTHER_COPY =
  'the model comes from another copy of TensorFlow.js than the one given to cnnSlicer(tf, …); pass the same, and see `npm ls @tensorflow/tfjs-layers`.';

export type EpochLogs = Record<string, number | Tensor>;

/** What lives from the beginning of a fit to its end. */
interface Fit {
  model: LayersModel;
  activationModel: ActivationModel;
  classifier: Classifier | null;
  recorder: Recorder;
  info: RunInfo;
  waiting: Set<Promise<void>>;
  /** Logs of epochs since the last capture. */
  logs: LogsRow[];
  lastEpoch: number;
  lastCaptured: number;
}

/**
 * Captures the epochs of a fit and hands them to a recorder.
 *
 * Unless `strict`, nothing here ever throws into `fit`: the first failure is told in one line, and capture stays off
 * until the next fit.
 */
export class CaptureSession {
  readonly #tf: TensorFlow;
  readonly #dir: string;
  readonly #options: ResolvedOptions;
  readonly #probe: LabelledSet;
  readonly #evaluation: LabelledSet;
  #fit: Fit | null = null;
  /** Settles when everything of the last fit is on disk. */
  #finished: Promise<void> = Promise.resolve();

  /** @throws {TypeError | RangeError} if an option does not fit; nothing is written yet. */
  constructor(tf: TensorFlow, dir: string, options: CnnSlicerOptions) {
    if (typeof dir !== 'string' || dir === '') {
      throw new TypeError(
        `cnnSlicer: dir must be the path of a run folder, e.g. 'runs/mnist', got ${String(dir)}.`,
      );
    }
    this.#tf = tf;
    this.#dir = resolve(dir);
    this.#options = resolveOptions(options);
    const {probe, evaluation, samples, seed} = this.#options;
    this.#probe = LabelledSet.read(tf, 'probe', probe, {samples, seed});
    this.#evaluation = evaluation ? LabelledSet.read(tf, 'evaluation', evaluation) : this.#probe;
    const names = probe.classNames?.length ?? Infinity;
    if (!probe.labels && (evaluation ?? probe.classNames)) {
      throw new RangeError(
        `cnnSlicer: options.${evaluation ? 'evaluation' : 'probe.classNames'} needs options.probe.labels: without them the run has no classes.`,
      );
    }
    if (names < this.#probe.classes) {
      throw new RangeError(
        `cnnSlicer: options.probe.classNames has ${names} names, but the labels speak of ${this.#probe.classes} classes.`,
      );
    }
  }

  get finished(): Promise<void> {
    return this.#finished;
  }

  /** Opens the run folder and captures the model as it is before training. */
  begin(model: LayersModel, params: FitParams): Promise<void> {
    return this.#guard('could not begin', async () => {
      await this.#finished.catch(() => undefined); // an earlier fit's failure was told then
      this.#fit = null;
      if (!(model instanceof this.#tf.LayersModel)) {
        throw new Error(OTHER_COPY);
      }
      const fit = await this.#open(model, params);
      this.#fit = fit;
      await this.#capture(fit, fit.lastEpoch);
    });
  }

  /** @param t - Epochs trained so far. */
  epochEnd(t: number, logs: EpochLogs): Promise<void> {
    return this.#guard(`could not capture epoch ${t}`, async () => {
      const fit = this.#fit;
      if (!fit) return;
      fit.lastEpoch = t;
      fit.logs.push(...(await readLogs(t, logs)));
      if (t % this.#options.everyEpochs === 0 || t === fit.info.training.epochs) await this.#capture(fit, t);
    });
  }

  /** Captures the last epoch where it was skipped, and lets the recorder finish behind the training's back. */
  end(): Promise<void> {
    return this.#guard('could not finish', async () => {
      const fit = this.#fit;
      if (!fit) return;
      if (fit.lastCaptured !== fit.lastEpoch) await this.#capture(fit, fit.lastEpoch);
      this.#fit = null;
      this.#finished = this.#guard('could not finish', async () => {
        await Promise.all(fit.waiting);
        await fit.recorder.close('finished');
      });
      // Without `strict` it never rejects; with it, whoever awaits `finished` is told, and nobody need await it.
      this.#finished.catch(() => undefined);
    });
  }

  /** Tells a failure and turns capture off; with `strict`, throws it instead. */
  fail(what: string, error: unknown): void {
    const fit = this.#fit;
    this.#fit = null;
    const reason = error instanceof Error ? error.message : String(error);
    const message = `cnnslicer: ${what}: ${reason}`;
    if (fit) void fit.recorder.close('failed').catch(() => undefined); // the run is lost already, and has been told
    if (this.#options.strict) throw new Error(message, {cause: error});
    console.warn(`${message} Training goes on without capture.`);
  }

  async #guard(what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.fail(what, error);
    }
  }

  async #open(model: LayersModel, params: FitParams): Promise<Fit> {
    const {layers, batchSize, background} = this.#options;
    const activationModel = new ActivationModel(this.#tf, model, selectLayers(model, layers), batchSize);
    const axis = activationModel.probeShapes(this.#probe);
    if (this.#evaluation !== this.#probe) activationModel.probeShapes(this.#evaluation);
    const labelClasses = Math.max(this.#probe.classes, this.#evaluation.classes);
    const classifier = labelClasses > 0 ? findClassifier(model, labelClasses) : null;
    const info = describeRun({
      name: basename(this.#dir),
      model,
      params,
      layers: axis,
      options: this.#options,
      probe: this.#probe,
      evaluation: this.#evaluation,
      classes: classifier?.classes ?? this.#probe.classes,
      versions: {tfjs: this.#tf.version['tfjs-core']},
      backend: this.#tf.getBackend(),
    });
    const setup: RecorderSetup = {
      dir: this.#dir,
      info,
      probe: {labels: this.#probe.labels, inputs: await activationModel.inputMaps(this.#probe)},
      tensorboard: this.#tensorBoardSetup(model, info),
    };
    const recorder: Recorder = background ? new BackgroundRecorder() : new RunRecorder();
    const replaced = await recorder.open(setup).catch(async (error: unknown) => {
      await recorder.close('failed').catch(() => undefined); // why it did not open is what is told
      throw error;
    });
    if (replaced.length > 0) {
      console.warn(
        `cnnslicer: ${this.#dir}: epochs ${replaced[0]}..${replaced.at(-1)} of an earlier run are replaced.`,
      );
    }
    const {initialEpoch} = info.training;
    return {
      model,
      activationModel,
      classifier,
      recorder,
      info,
      waiting: new Set(),
      logs: [],
      lastEpoch: initialEpoch,
      lastCaptured: -1,
    };
  }

  #tensorBoardSetup(model: LayersModel, info: RunInfo): TensorBoardSetup | null {
    const wanted = resolveTensorBoard(this.#options.tensorboard, this.#dir);
    if (!wanted) return null;
    return {
      dir: wanted.dir,
      hparams: hyperparameters(model, info, wanted.hparams),
      graph: tensorBoardGraph(this.#tf, model),
      capacity: capacityPairs(wanted, info.layers),
      featureMaps: wanted.featureMaps,
    };
  }

  async #capture(fit: Fit, epoch: number): Promise<void> {
    while (fit.waiting.size >= MAX_WAITING) await Promise.race(fit.waiting);
    if (this.#fit !== fit) return; // the recorder failed meanwhile
    const {activationModel, classifier} = fit;
    const {activations, outputs} = await activationModel.pass(this.#probe, {activations: true});
    const predictions = classifier && readPredictions(outputs[classifier.output] as Float32Array, classifier);
    const capture: EpochCapture = {
      epoch,
      logs: fit.logs.splice(0),
      activations,
      weights: this.#options.weights ? await readWeights(fit.model) : [],
      predictions,
      evaluation: classifier && (await this.#evaluate(fit, classifier, predictions?.predicted)),
    };
    fit.lastCaptured = epoch;
    this.#record(fit, capture);
    if (!this.#options.background) await Promise.all(fit.waiting);
  }

  async #evaluate(
    {activationModel}: Fit,
    classifier: Classifier,
    probePredicted?: Int32Array,
  ): Promise<EpochCapture['evaluation']> {
    const {labels} = this.#evaluation;
    if (this.#evaluation === this.#probe && probePredicted) return {labels, predicted: probePredicted};
    const {outputs} = await activationModel.pass(this.#evaluation, {activations: false});
    return {
      labels,
      predicted: readPredictions(outputs[classifier.output] as Float32Array, classifier).predicted,
    };
  }

  #record(fit: Fit, capture: EpochCapture): void {
    const recorded = this.#guard(`could not record epoch ${capture.epoch}`, async () => {
      this.#tellNonFinite(await fit.recorder.record(capture));
    });
    fit.waiting.add(recorded);
    const settled = () => fit.waiting.delete(recorded);
    recorded.then(settled, settled);
  }

  #tellNonFinite({epoch, nonFinite}: RecordedEpoch): void {
    const [first] = nonFinite;
    if (!first) return;
    console.warn(
      `cnnslicer: epoch ${epoch}: layer "${first.layer}" has NaN or Infinity in ${first.samples} of ${this.#probe.samples} samples` +
        `${nonFinite.length > 1 ? `, and so have ${nonFinite.length - 1} more layers` : ''}; they are left out of the measures.`,
    );
  }
}

async function readLogs(epoch: number, logs: EpochLogs): Promise<LogsRow[]> {
  return Promise.all(
    Object.entries(logs).map(async ([name, value]) => {
      const number = typeof value === 'number' ? value : ((await value.data())[0] as number);
      return {epoch, name, value: Number.isFinite(number) ? number : null};
    }),
  );
}

async function readWeights(model: LayersModel): Promise<WeightTensor[]> {
  return Promise.all(
    model.weights.map(async weight => {
      const values = await weight.read().data();
      return {
        name: weight.originalName,
        shape: weight.shape as number[],
        dtype: weight.dtype,
        values: values.slice() as WeightTensor['values'],
      };
    }),
  );
}
