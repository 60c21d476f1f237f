import {resolve} from 'node:path';
import {readPredictions, type Classifier} from './classifier.js';
import {readLogs, type EpochLogs} from './epoch-logs.js';
import {LabelledSet} from './labelled-set.js';
import {resolveOptions, type CnnSlicerOptions, type ResolvedOptions} from './options.js';
import {readWeights} from './read-weights.js';
import type {EpochCapture, RecordedEpoch} from './recorder/messages.js';
import type {FitParams} from './run-description.js';
import {sameNetwork} from './same-network.js';
import type {LayersModel, TensorFlow} from './tensorflow.js';
import {assertNext, openTraining, type Training} from './training.js';

/** Epochs that may wait for the recorder before training waits for it: what bounds the memory. */
const MAX_WAITING = 2;

/**
 * Captures the epochs of a training and hands them to a recorder.
 *
 * Unless `strict`, nothing here ever throws into the training: the first failure is told in one line, and capture stays
 * off until the next fit, or until the loop is closed.
 */
export class CaptureSession {
  readonly #tf: TensorFlow;
  readonly #dir: string;
  readonly #options: ResolvedOptions;
  readonly #probe: LabelledSet;
  readonly #evaluation: LabelledSet;
  #training: Training | null = null;
  /** How far the network is that was trained last; a fit of it that begins at 0 goes on from there. */
  #reached: {model: LayersModel; epoch: number} | null = null;
  /** What the epochs that a fit counts from 0 are added to. */
  #offset = 0;
  /** The call that a loop is waiting for at the moment. */
  #pending: {call: string; settled: Promise<void>} | null = null;
  /** After a failure; a loop goes on calling. */
  #off = false;
  /** Settles when everything of the last training is on disk. */
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
    if (!probe.labels && (evaluation ?? probe.classNames)) {
      throw new RangeError(
        `cnnSlicer: options.${evaluation ? 'evaluation' : 'probe.classNames'} needs options.probe.labels: without them the run has no classes.`,
      );
    }
  }

  get finished(): Promise<void> {
    return this.#finished;
  }

  /**
   * A fit begins: opens the run folder and captures the model as it is before training. Where the network was trained
   * before, a fit that counts its epochs from 0 goes on in the same run.
   */
  begin(model: LayersModel, params: FitParams): Promise<void> {
    return this.#guard('could not begin', async () => {
      const reached = this.#reached && sameNetwork(this.#reached.model, model) ? this.#reached.epoch : 0;
      this.#offset = params.initialEpoch ? 0 : reached;
      const training = await this.#start(model, onward(params, this.#offset), {byHand: false});
      await this.#capture(training, training.lastEpoch);
    });
  }

  /** @param epoch - Counted by the fit, from 0. */
  epochEnd(epoch: number, logs: EpochLogs): Promise<void> {
    const t = this.#offset + epoch + 1;
    if (this.#reached) this.#reached.epoch = t; // also while capture is off
    return this.#guard(`could not capture epoch ${t}`, async () => {
      if (this.#training) await this.#reach(this.#training, t, logs);
    });
  }

  /** One moment of a loop of the user's own; the first one opens the run folder. */
  async capture(model: LayersModel | null, params: FitParams, t: number, logs: EpochLogs): Promise<void> {
    if (this.#off) return;
    await this.#guard(`could not capture epoch ${t}`, async () => {
      assertNext(this.#training, model, t);
      if (this.#pending) {
        throw new Error(
          `${this.#pending.call} has not finished; await each call, so that the model does not train while it is looked at.`,
        );
      }
      const work = async () => {
        const training =
          this.#training ?? (await this.#start(model, {...params, initialEpoch: t}, {byHand: true}));
        await this.#reach(training, t, logs);
      };
      const done = work();
      const forget = () => void (this.#pending = null);
      this.#pending = {call: `capture(${t})`, settled: done.then(forget, forget)};
      await done;
    });
  }

  /** Captures the last epoch where it was skipped, and lets the recorder finish behind the training's back. */
  end(): Promise<void> {
    return this.#guard('could not finish', () => this.#end());
  }

  /** Ends a loop of the user's own; resolves when everything is on disk. */
  async close(): Promise<void> {
    await this.#pending?.settled;
    await this.end();
    this.#off = false;
    await this.#finished;
  }

  /** Tells a failure and turns capture off; with `strict`, throws it instead. */
  fail(what: string, error: unknown): void {
    const training = this.#training;
    this.#training = null;
    this.#off = true;
    const reason = error instanceof Error ? error.message : String(error);
    const message = `cnnslicer: ${what}: ${reason}`;
    // The run is lost already, and has been told.
    if (training) this.#finished = training.recorder.close('failed').catch(() => undefined);
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

  async #start(model: LayersModel, params: FitParams, {byHand}: Pick<Training, 'byHand'>): Promise<Training> {
    this.#release(); // a loop that was not closed, or a fit that was broken off
    await this.#finished.catch(() => undefined); // an earlier failure was told then
    this.#off = false;
    const epoch = typeof params.initialEpoch === 'number' ? params.initialEpoch : 0;
    this.#reached = {model, epoch};
    return (this.#training = await openTraining({
      tf: this.#tf,
      dir: this.#dir,
      options: this.#options,
      probe: this.#probe,
      evaluation: this.#evaluation,
      model,
      params,
      byHand,
    }));
  }

  async #end(): Promise<void> {
    const training = this.#training;
    if (!training) return;
    if (training.lastCaptured !== training.lastEpoch) await this.#capture(training, training.lastEpoch);
    this.#release();
  }

  #release(): void {
    const training = this.#training;
    if (!training) return;
    this.#training = null;
    this.#finished = this.#guard('could not finish', async () => {
      await Promise.all(training.waiting);
      await training.recorder.close('finished');
    });
    // Without `strict` it never rejects; with it, whoever awaits `finished` is told, and nobody need await it.
    this.#finished.catch(() => undefined);
  }

  async #reach(training: Training, t: number, logs: EpochLogs): Promise<void> {
    training.lastEpoch = t;
    if (this.#reached) this.#reached.epoch = t;
    training.logs.push(...(await readLogs(t, logs)));
    const {epochs} = training.info.training;
    const isFirst = training.lastCaptured < 0;
    if (isFirst || t % this.#options.everyEpochs === 0 || t === epochs) await this.#capture(training, t);
  }

  async #capture(training: Training, epoch: number): Promise<void> {
    while (training.waiting.size >= MAX_WAITING) await Promise.race(training.waiting);
    if (this.#training !== training) return; // the recorder failed meanwhile
    const {activationModel, classifier} = training;
    const {activations, outputs} = await activationModel.pass(this.#probe, {activations: true});
    const predictions = classifier && readPredictions(outputs[classifier.output] as Float32Array, classifier);
    const capture: EpochCapture = {
      epoch,
      logs: training.logs.splice(0),
      activations,
      weights: this.#options.weights ? await readWeights(training.model) : [],
      predictions,
      evaluation: classifier && (await this.#evaluate(training, classifier, predictions?.predicted)),
    };
    if (this.#training !== training) return;
    training.lastCaptured = epoch;
    this.#record(training, capture);
    if (!this.#options.background) await Promise.all(training.waiting);
  }

  async #evaluate(
    {activationModel}: Training,
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

  #record(training: Training, capture: EpochCapture): void {
    const recorded = this.#guard(`could not record epoch ${capture.epoch}`, async () => {
      this.#tellNonFinite(await training.recorder.record(capture));
    });
    training.waiting.add(recorded);
    const settled = () => training.waiting.delete(recorded);
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

/** What a fit says of itself, in epochs of the run that it goes on with. */
function onward(params: FitParams, offset: number): FitParams {
  if (offset === 0) return params;
  const {epochs} = params;
  return {...params, initialEpoch: offset, epochs: typeof epochs === 'number' ? offset + epochs : epochs};
}
