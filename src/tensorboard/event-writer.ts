import {mkdir, open, type FileHandle} from 'node:fs/promises';
import {join} from 'node:path';
import {nextEventFile} from './event-files.js';
import {encodeEvent, type EventMessage, type PluginName, type SummaryValue} from './event-proto.js';
import {encodeRecord} from './record.js';
import {histogramValue, scalarValue} from './summary-value.js';

export interface EventWriterOptions {
  /** The clock, Unix milliseconds; default `Date.now`. */
  now?: () => number;
  /**
   * The first step that is about to be written again: TensorBoard forgets what earlier files of the run hold from this
   * step on, and keeps what lies before it. For training that goes on from a checkpoint.
   */
  purgeStep?: number;
}

/**
 * Writes one event file, which is one TensorBoard run (or its continuation): a directory's name below `--logdir` is the
 * name of the run.
 *
 * Values wait in memory until `flush`; what was flushed survives a killed process. TensorBoard reads the file while it
 * grows.
 *
 * The steps of a tag must strictly increase, and a tag belongs either to scalars or to histograms for good: TensorBoard
 * drops points or fails otherwise, so both are errors here. A call that throws has written nothing.
 *
 * @example
 * const writer = await EventWriter.open('runs/mnist/tensorboard/train');
 * writer.scalars(1, [['epoch_loss', 0.35], ['epoch_accuracy', 0.91]]);
 * await writer.close();
 */
export class EventWriter {
  readonly #file: FileHandle;
  readonly #now: () => number;
  readonly #tags = new Map<string, {plugin: PluginName; step: number}>();
  /** Whole records that are not in the file yet. */
  #pending: Uint8Array[] = [];
  #bytesWritten = 0;
  #lastWrite: Promise<void> = Promise.resolve();
  #closed = false;

  private constructor(file: FileHandle, now: () => number) {
    this.#file = file;
    this.#now = now;
  }

  /**
   * Starts a new event file in `dir`, which is made where missing. The file sorts after those that are there, so that
   * TensorBoard reads it as the continuation of the same run.
   *
   * @throws {RangeError} if `purgeStep` is not a safe integer.
   */
  static async open(dir: string, {now = Date.now, purgeStep}: EventWriterOptions = {}): Promise<EventWriter> {
    if (purgeStep !== undefined) assertStep('open', purgeStep);
    await mkdir(dir, {recursive: true});
    const writer = new EventWriter(await open(join(dir, await nextEventFile(dir, now())), 'wx'), now);
    writer.#event({fileVersion: 'brain.Event:2'});
    if (purgeStep !== undefined) writer.#restart(purgeStep);
    try {
      await writer.flush();
    } catch (error) {
      await writer.#file.close();
      throw error;
    }
    return writer;
  }

  /**
   * Adds scalars of one step as one record; no values, no record.
   *
   * @param step - A safe integer, above the last step of each tag.
   * @param values - Stored as float32. NaN and infinities are shown by TensorBoard as such; leave an undefined value out.
   * @throws {RangeError} if a step does not increase, or a tag is a histogram's.
   * @throws {TypeError} if a value is not a number.
   */
  scalars(step: number, values: Iterable<readonly [tag: string, value: number]>): void {
    this.#summary('scalars', step, values, (tag, value) => {
      if (typeof value !== 'number') {
        throw new TypeError(
          `EventWriter.scalars: the value of tag "${tag}" must be a number, got ${String(value)}; leave undefined values out.`,
        );
      }
      return scalarValue(tag, value);
    });
  }

  /**
   * Adds histograms of one step as one record; no values, no record.
   *
   * @param step - A safe integer, above the last step of each tag.
   * @param values - The numbers behind each tag's histogram, cut into 30 buckets as `histogramBuckets` says: non-finite
   *   ones are dropped, constant and empty data are fine.
   * @throws {RangeError} if a step does not increase, or a tag is a scalar's.
   */
  histograms(step: number, values: Iterable<readonly [tag: string, values: ArrayLike<number>]>): void {
    this.#summary('histograms', step, values, histogramValue);
  }

  /**
   * Resolves when every value given so far is in the file. After a failure (a full disk) the values are kept, and the
   * next `flush` writes them again in the same place, so that no broken record stays in the middle of the file.
   */
  flush(): Promise<void> {
    const write = this.#lastWrite.then(() => this.#writePending());
    // A failure is its caller's to handle; the next write starts anew.
    this.#lastWrite = write.catch(() => undefined);
    return write;
  }

  /** Flushes and closes the file; nothing can be added afterwards. Closing twice is fine. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    try {
      await this.flush();
    } finally {
      await this.#file.close();
    }
  }

  #summary<T>(
    plugin: PluginName,
    step: number,
    values: Iterable<readonly [tag: string, value: T]>,
    toValue: (tag: string, value: T) => SummaryValue,
  ): void {
    if (this.#closed) throw new Error(`EventWriter.${plugin}: the writer is closed; open a new one.`);
    assertStep(plugin, step);
    const value: SummaryValue[] = [];
    const tags = new Set<string>();
    for (const [tag, content] of values) {
      if (tags.has(tag)) {
        throw new RangeError(
          `EventWriter.${plugin}: tag "${tag}" must occur once a step, got it twice at step ${step}.`,
        );
      }
      this.#assertTag(plugin, tag, step);
      tags.add(tag);
      value.push(toValue(tag, content));
    }
    if (value.length === 0) return;
    this.#event({step, summary: {value}});
    for (const tag of tags) this.#tags.set(tag, {plugin, step});
  }

  #assertTag(plugin: PluginName, tag: string, step: number): void {
    const last = this.#tags.get(tag);
    if (last === undefined) return;
    if (last.plugin !== plugin) {
      throw new RangeError(
        `EventWriter.${plugin}: tag "${tag}" already belongs to ${last.plugin}; give these values another tag.`,
      );
    }
    if (step <= last.step) {
      throw new RangeError(
        `EventWriter.${plugin}: the step of tag "${tag}" must be above its last one, ${last.step}, got ${step}.`,
      );
    }
  }

  #restart(step: number): void {
    // Twice, as TensorBoard takes the first session start of a run for its beginning, and only later ones for restarts.
    for (let i = 0; i < 2; i++) this.#event({step, sessionLog: {status: 'START'}});
  }

  #event(event: Omit<EventMessage, 'wallTime'>): void {
    this.#pending.push(encodeRecord(encodeEvent({wallTime: this.#now() / 1000, ...event})));
  }

  async #writePending(): Promise<void> {
    const records = this.#pending.length;
    const bytes = Buffer.concat(this.#pending);
    for (let done = 0; done < bytes.length;) {
      done += (await this.#file.write(bytes, done, bytes.length - done, this.#bytesWritten + done))
        .bytesWritten;
    }
    this.#bytesWritten += bytes.length;
    this.#pending.splice(0, records);
  }
}

function assertStep(method: string, step: number): void {
  if (!Number.isSafeInteger(step)) {
    throw new RangeError(`EventWriter.${method}: a step must be an integer within ±(2^53 - 1), got ${step}.`);
  }
}
