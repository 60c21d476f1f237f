import type {Existing} from '../shared/recording/run-parts.js';
import type {RunStatus} from '../shared/index.js';
import {readLogs, type EpochLogs} from './epoch-logs.js';
import {Failures} from './failures.js';
import {assertRunFolder, type CaptureSettings, type CnnSlicerOptions} from './options.js';
import type {Host} from './host.js';
import {reasonOf, newFailureLines, type StageFailure} from '../shared/recording/stages.js';
import type {FitParams} from './run-description.js';
import {LayersNetwork} from './layers-network.js';
import type {Network} from './network.js';
import {TensorNetwork} from './tensor-network.js';
import type {LayersModel, TensorFlow} from '../model/tensorflow.js';
import {assertNext, type Captured} from './captured.js';
import {Delivery} from './delivery.js';
import {OneCall} from './one-call.js';
import {OneFit} from './one-fit.js';
import {firstEpoch, onward, type Reached} from './reached.js';
import {readSessionSets, type SessionSets} from './session-sets.js';
import {openTraining, settled, type Training} from './training.js';

/**
 * Captures the epochs of a training and hands them to a recorder.
 *
 * Unless `strict`, nothing here ever throws into the training. A part of an epoch that fails is reported in one line, and
 * only that part is lost. A failure that loses a whole epoch is reported, too, and capture stays off until the next fit, or until the loop
 * is closed.
 */
export class CaptureSession {
  readonly #tf: TensorFlow;
  readonly #host: Host;
  /** The folder that was asked for. */
  readonly #dir: string;
  /** Identifies the locks of this session. */
  readonly #owner = crypto.randomUUID();
  readonly #sets: SessionSets;
  readonly #failures: Failures;
  readonly #delivery: Delivery;
  /** The training that is captured at the moment. */
  #training: Training | null = null;
  /** The training that was opened last. */
  #last: Training | null = null;
  /** The network that was trained last, how far, and its run; a fit of it that begins at 0 continues from there. */
  #reached: Reached | null = null;
  readonly #oneFit = new OneFit();
  /** Offset of the epochs that a fit counts from 0. */
  #offset = 0;
  readonly #oneCall = new OneCall();
  /** Set after a failure; a loop keeps calling. */
  #off = false;

  /** @throws {TypeError | RangeError} if an option does not fit; nothing is written yet. */
  constructor(tf: TensorFlow, dir: string, options: CnnSlicerOptions, host: Host) {
    assertRunFolder(dir);
    this.#tf = tf;
    this.#host = host;
    this.#dir = host.absolute(dir);
    this.#sets = readSessionSets(tf, options);
    this.#failures = new Failures(this.#options.strict);
    this.#delivery = new Delivery({
      host,
      ...this.#sets,
      isCurrent: training => this.#training === training,
      failed: (what, error, training) => this.#fail(what, error, training),
      report: (failures, training, epoch) => this.#reportStages(failures, training, epoch),
    });
  }

  get #options(): CaptureSettings {
    return this.#sets.options;
  }

  /** Unfinished work of an aborted fit is awaited, too. */
  get finished(): Promise<void> {
    const finished = settled(this.#last).then(() => this.#failures.throwAlways());
    // With `strict`, it rejects for those who await it, and awaiting it is optional.
    finished.catch(() => undefined);
    return finished;
  }

  /** The folder of the run, or the one that was asked for while there is none. */
  get dir(): string {
    return this.#reached?.dir ?? this.#dir;
  }

  /** The model that the callback is given: by a fit before it begins, when another may be under way. */
  watch(model: LayersModel): void {
    this.#oneFit.watch(model);
  }

  /**
   * A fit begins: opens the run folder and captures the model as it is before training. Where the network was trained
   * before, a fit that counts its epochs from 0 continues the same run.
   */
  begin(model: LayersModel, params: FitParams): Promise<void> {
    return this.#guard('could not begin', async () => {
      if (this.#oneFit.isUnsure()) {
        const error = this.#oneFit.newError();
        if (!error) return;
        this.#reached = null;
        throw error;
      }
      const counted = firstEpoch(params);
      await this.#clear();
      const network = new LayersNetwork(this.#tf, model, this.#options);
      const reached = this.#reachedBy(network);
      this.#offset = 0;
      const first = counted > 0 ? counted : (reached?.epoch ?? 0);
      const existing = counted > 0 || reached ? 'resume' : this.#options.existing;
      const training = await this.#start(network, onward(params, first - counted), {byHand: false, existing});
      if (!training) return;
      this.#offset = training.lastEpoch - counted;
      if (training.lastCaptured !== training.lastEpoch)
        await this.#delivery.capture(training, training.lastEpoch);
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
  async capture(captured: Captured, params: FitParams, t: number, logs: EpochLogs): Promise<void> {
    this.#failures.throwAtHook();
    if (this.#off) return;
    await this.#guard(`could not capture epoch ${t}`, async () => {
      assertNext(this.#training, captured, t);
      await this.#oneCall.run(`capture(${t})`, async () => {
        // Here 0 says that the model is untrained, so it is no epoch to go on from.
        const existing = t > 0 ? 'resume' : this.#options.existing === 'overwrite' ? 'overwrite' : 'new';
        const begin = async () => {
          await this.#clear();
          const network = await this.#networkOf(captured);
          return this.#start(network, {...params, initialEpoch: t}, {byHand: true, existing});
        };
        const before = this.#training;
        if (before?.network instanceof TensorNetwork && captured.tensors)
          before.network.take(captured.tensors);
        const training = before ?? (await begin());
        if (training) await this.#reach(training, t, logs);
      });
    });
  }

  /** Captures the last epoch where it was skipped; resolves when everything is on disk. */
  end(): Promise<void> {
    return this.#guard('could not finish', async () => {
      const training = this.#training;
      if (!training) return;
      if (training.lastCaptured !== training.lastEpoch)
        await this.#delivery.capture(training, training.lastEpoch);
      await this.#release();
    });
  }

  /** Ends a loop of the user's own; resolves when everything is on disk. */
  async close(): Promise<void> {
    await this.#oneCall.settled();
    await this.end();
    this.#off = false;
    await settled(this.#last);
    this.#failures.throwAtHook();
  }

  /** Tells that there can be no capture; with `strict`, throws it instead. */
  refuse(what: string, error: Error): void {
    this.#fail(what, error, null);
    this.#failures.throwAtHook();
  }

  /** Runs a hook: it throws only with `strict`, and then also for failures in the background since the last one. */
  async #guard(what: string, work: () => Promise<void>): Promise<void> {
    this.#failures.throwAtHook();
    try {
      await work();
    } catch (error) {
      this.#fail(what, error, this.#training);
    }
    this.#failures.throwAtHook();
  }

  /** Tells a failure that ends the capture of a training, once. */
  #fail(what: string, error: unknown, training: Training | null): void {
    if (training?.failed) return;
    const consequence = training?.closed ? '' : 'Training continues without capture.';
    this.#failures.tell(`${what}: ${reasonOf(error)}`, {consequence, cause: error});
    this.#off = true;
    if (!training) return;
    training.failed = true;
    if (this.#training === training) this.#training = null;
    void this.#close(training, 'failed');
  }

  /** Tells parts that failed; with `strict` the first of them ends the capture. */
  #reportStages(failures: readonly StageFailure[], training: Training, epoch?: number): void {
    for (const line of newFailureLines(failures, training.reported)) {
      this.#failures.tell(epoch === undefined ? line : `epoch ${epoch}: ${line}`);
      if (this.#options.strict) return this.#fail('could not go on', new Error(line), training);
    }
  }

  #networkOf({model, tensors: given}: Captured): Network | Promise<Network> {
    if (given === undefined) return new LayersNetwork(this.#tf, model as LayersModel, this.#options);
    return TensorNetwork.open(this.#tf, {given, ...this.#sets});
  }

  /** Another training begins. */
  async #clear(): Promise<void> {
    void this.#release(); // a loop that was not closed, or a fit that was broken off
    await settled(this.#last);
    this.#failures.forget(); // an earlier failure was reported then
    this.#off = false;
  }

  /** @returns Null if capture was turned off meanwhile. */
  async #start(
    network: Network,
    params: FitParams,
    {byHand, existing}: Pick<Training, 'byHand'> & {existing: Existing},
  ): Promise<Training | null> {
    const dir = existing === 'resume' ? this.dir : this.#dir;
    const reached = (this.#reached = this.#reachedBy(network));
    const training = await openTraining({
      tf: this.#tf,
      host: this.#host,
      dir,
      start: {
        existing,
        owner: this.#owner,
        strict: this.#options.strict,
        ...(reached?.id === undefined ? {} : {run: reached.id}),
      },
      ...this.#sets,
      network,
      params,
      byHand,
    });
    if (this.#isOff()) {
      training.stopWatching();
      await training.recorder.close('failed').catch(() => undefined); // why capture is off was reported
      return null;
    }
    if (reached && this.#last?.dir === training.dir) training.reported = this.#last.reported; // once per run
    const {lastEpoch: epoch, info, dir: opened} = training;
    this.#reached = {network, epoch, dir: opened, id: info.id};
    this.#training = this.#last = training;
    this.#reportStages(training.failures, training);
    return training;
  }

  /** Read by a method, as it changes while others are awaited. */
  #isOff(): boolean {
    return this.#off;
  }

  #reachedBy(network: Network): Reached | null {
    return this.#reached?.network.isSame(network) ? this.#reached : null;
  }

  /** Lets the recorder finish. */
  async #release(): Promise<void> {
    const training = this.#training;
    if (!training) return;
    this.#training = null;
    await Promise.all(training.waiting);
    await this.#close(training, 'finished');
  }

  async #close(training: Training, status: RunStatus): Promise<void> {
    training.stopWatching();
    training.network.release();
    const close = async () => {
      const {recorder} = training;
      const done = this.#host.finishBeforeEnd({dir: training.dir, epoch: null, recorder});
      try {
        this.#reportStages(await recorder.close(status), training);
      } catch (error) {
        this.#fail('could not finish', error, training);
      } finally {
        done();
      }
    };
    await (training.closed ??= close());
  }

  async #reach(training: Training, t: number, logs: EpochLogs): Promise<void> {
    training.lastEpoch = t;
    if (this.#reached) this.#reached.epoch = t;
    training.logs.push(...(await readLogs(t, logs)));
    const {epochs} = training.info.training;
    const isFirst = training.lastCaptured < 0;
    if (isFirst || t % this.#options.everyEpochs === 0 || t === epochs)
      await this.#delivery.capture(training, t);
    else training.network.hold();
  }
}
