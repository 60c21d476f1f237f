import {MEMORY_SHARES} from '../shared/recording/memory-costs.js';
import type {ActivationBatch, EpochCapture, RecordedEpoch} from '../shared/recording/recorder.js';
import type {StageFailure} from '../shared/recording/stages.js';
import type {Host, UnderWay} from './host.js';
import type {LabelledSet} from './labelled-set.js';
import {lookAtEpoch} from './look-at-epoch.js';
import type {CaptureSettings} from './options.js';
import type {Training} from './training.js';

/** Epochs that may wait for the recorder before training waits for it: what bounds the memory. */
const MAX_WAITING = 2;

/** Dependencies of a delivery. */
export interface DeliveryParts {
  host: Pick<Host, 'finishBeforeEnd'>;
  options: CaptureSettings;
  probe: LabelledSet;
  /** The probe itself if there is no larger set. */
  evaluation: LabelledSet;
  /** False once the capture of a training has ended. */
  isCurrent: (training: Training) => boolean;
  /** A failure that ends the capture of a training. */
  failed: (what: string, error: unknown, training: Training) => void;
  /** Parts of an epoch that failed alone. */
  report: (failures: readonly StageFailure[], training: Training, epoch: number) => void;
}

/** Takes epochs from the network to the recorder, with bounded memory on the way. */
export class Delivery {
  readonly #parts: DeliveryParts;

  constructor(parts: DeliveryParts) {
    this.#parts = parts;
  }

  /**
   * Captures an epoch and hands it to the recorder; waits if too many epochs are on their way.
   *
   * @throws {Error} if the probe does not pass through the network.
   */
  async capture(training: Training, epoch: number): Promise<void> {
    const {host, options, probe, evaluation, isCurrent} = this.#parts;
    while (training.waiting.size >= MAX_WAITING) await Promise.race(training.waiting);
    if (!isCurrent(training)) return; // the recorder failed meanwhile
    const work: UnderWay = {dir: training.dir, epoch, recorder: null};
    const done = host.finishBeforeEnd(work);
    try {
      const capture = await lookAtEpoch(training, {
        epoch,
        probe,
        evaluation,
        take: batch => this.#send(training, {epoch, ...batch}),
      });
      if (!isCurrent(training)) return done();
      training.lastCaptured = epoch;
      work.recorder = training.recorder;
      void this.#record(training, capture).then(done);
    } catch (error) {
      done();
      throw error;
    }
    if (!options.background) await Promise.all(training.waiting);
  }

  /** Hands a batch over; waits for the recorder where too much is on its way. */
  async #send(training: Training, batch: ActivationBatch): Promise<void> {
    const {options, isCurrent} = this.#parts;
    const {sending, recorder} = training;
    const bytes = batch.maps.reduce((sum, {byteLength}) => sum + byteLength, 0);
    const most = options.budget.memory * MEMORY_SHARES.sending;
    const onTheWay = () => [...sending.values()].reduce((sum, size) => sum + size, 0);
    while (sending.size > 0 && onTheWay() + bytes > most) await Promise.race(sending.keys());
    if (!isCurrent(training)) return; // the recorder failed meanwhile
    // Errors are reported when the epoch is recorded.
    const sent = recorder.batch(batch).catch(() => undefined);
    // The recorder's own thread answers one after the other; here nothing but waiting does that.
    if (!options.background) return sent;
    sending.set(sent, bytes);
    void sent.then(() => sending.delete(sent));
  }

  /** Resolves, whatever comes, when the recorder has answered. */
  #record(training: Training, capture: EpochCapture): Promise<void> {
    const {failed, report} = this.#parts;
    const {epoch} = capture;
    const recorded = training.recorder.record(capture).then(
      outcome => {
        this.#warnNonFinite(outcome);
        report(outcome.failures, training, epoch);
      },
      (error: unknown) => failed(`could not record epoch ${epoch}`, error, training),
    );
    training.waiting.add(recorded);
    void recorded.then(() => training.waiting.delete(recorded));
    return recorded;
  }

  #warnNonFinite({epoch, nonFinite}: RecordedEpoch): void {
    const [first] = nonFinite;
    if (!first) return;
    console.warn(
      `cnnslicer: epoch ${epoch}: layer "${first.layer}" has NaN or Infinity in ${first.samples} of ${this.#parts.probe.samples} samples` +
        `${nonFinite.length > 1 ? `, and so have ${nonFinite.length - 1} more layers` : ''}; they are left out of the measures.`,
    );
  }
}
