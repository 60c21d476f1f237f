import type {GraphNode} from '../shared/recording/tensorboard-parts.js';
import {mkdir} from 'node:fs/promises';
import {join} from 'node:path';
import {LAYOUT_TAG, layoutValue, type LayoutCategory} from './custom-scalars.js';
import {nextEventFile} from './event-files.js';
import {encodeEvent, type EventMessage, type PluginName, type SummaryValue} from './event-proto.js';
import {encodeGraph} from './graph.js';
import {hparamsTag, hparamsValue, type HParamsRecord} from './hparams.js';
import {RecordFile} from './record-file.js';
import {histogramValue, imageValue, scalarValue, textValue, type ImageSummary} from './summary-value.js';

/** Options of an {@link EventWriter}. */
export interface EventWriterOptions {
  /** The clock, Unix milliseconds; default `Date.now`. */
  now?: () => number;
  /**
   * The first step that is about to be written again: TensorBoard forgets what earlier files of the run hold from this
   * step on, and keeps earlier ones. Use it for training that resumes from a checkpoint.
   */
  purgeStep?: number;
  /**
   * Owner of the file, e.g. the id of a training: letters, digits and `-`. It is put into the file's name, and tells
   * `removeEventFiles` which files are yours.
   */
  owner?: string;
}

const OWNER = /^[\w-]+$/;

/** Values of some tags at one step. */
type TagValues<T> = Iterable<readonly [tag: string, value: T]>;

/**
 * Writes one event file, which is one TensorBoard run (or its continuation): a directory's name below `--logdir` is the
 * name of the run.
 *
 * Values wait in memory until `flush`; what was flushed survives a killed process. TensorBoard reads the file while it
 * grows.
 *
 * A step is a safe integer. The steps of a tag must strictly increase, and a tag belongs to one plugin (scalars, images,
 * …) for good: TensorBoard drops points or fails otherwise, so both are a RangeError here. A call that throws has written
 * nothing; a call without values writes no record, any other call one.
 *
 * @example
 * const writer = await EventWriter.open('runs/mnist/tensorboard/train');
 * writer.scalars(1, [['epoch_loss', 0.35], ['epoch_accuracy', 0.91]]);
 * await writer.close();
 */
export class EventWriter {
  readonly #file: RecordFile;
  readonly #now: () => number;
  readonly #tags = new Map<string, {plugin: PluginName; step: number}>();

  private constructor(file: RecordFile, now: () => number) {
    this.#file = file;
    this.#now = now;
  }

  /**
   * Starts a new event file in `dir`, which is made where missing. The file sorts after those that are there, so that
   * TensorBoard reads it as the continuation of the same run.
   *
   * @throws {RangeError} if `purgeStep` is not a safe integer, or `owner` cannot be part of a file's name.
   */
  static async open(
    dir: string,
    {now = Date.now, purgeStep, owner}: EventWriterOptions = {},
  ): Promise<EventWriter> {
    if (purgeStep !== undefined) assertStep('open', purgeStep);
    if (owner !== undefined && !OWNER.test(owner)) {
      throw new RangeError(`EventWriter.open: owner must be letters, digits and -, got "${owner}".`);
    }
    await mkdir(dir, {recursive: true});
    const file = await RecordFile.create(join(dir, await nextEventFile(dir, now(), owner)));
    const writer = new EventWriter(file, now);
    writer.#event({fileVersion: 'brain.Event:2'});
    if (purgeStep !== undefined) writer.#restart(purgeStep);
    try {
      await file.flush();
    } catch (error) {
      await file.close().catch(() => undefined); // the disk's error is the one to tell
      throw error;
    }
    return writer;
  }

  /**
   * Adds scalars.
   *
   * @param values - Stored as float32. NaN and infinities are shown by TensorBoard as such; leave an undefined value out.
   * @throws {TypeError} if a value is not a number.
   */
  scalars(step: number, values: TagValues<number>): void {
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
   * Adds histograms.
   *
   * @param values - The numbers behind each tag's histogram, cut into 30 buckets as `histogramBuckets` says: non-finite
   *   ones are dropped, constant and empty data are fine.
   */
  histograms(step: number, values: TagValues<ArrayLike<number>>): void {
    this.#summary('histograms', step, values, histogramValue);
  }

  /**
   * Adds pictures. TensorBoard keeps ten random steps of a tag, the last among them, unless it is started with
   * `--samples_per_plugin images=1000`.
   *
   * @throws {RangeError} if a tag has no picture, or a picture no pixel.
   */
  images(step: number, values: TagValues<ImageSummary>): void {
    this.#summary('images', step, values, imageValue);
  }

  /** Adds texts, written in markdown. */
  text(step: number, values: TagValues<string>): void {
    this.#summary('text', step, values, textValue);
  }

  /**
   * Defines which scalars, of all runs that TensorBoard shows, the Custom Scalars page draws together. Call it once per run;
   * TensorBoard merges the layouts of several runs by the titles of their categories.
   */
  layout(step: number, categories: readonly LayoutCategory[]): void {
    this.#summary('custom_scalars', step, [[LAYOUT_TAG, categories]], (_, value) => layoutValue(value));
  }

  /**
   * Writes this run's row of the HParams page.
   *
   * @throws {RangeError} if a hyperparameter is not finite.
   */
  hparams(step: number, record: HParamsRecord): void {
    this.#summary('hparams', step, [[hparamsTag(record), record]], (_, value) => hparamsValue(value));
  }

  /**
   * Draws a model on the Graphs page. Call it once per run: TensorBoard shows one graph each.
   *
   * @throws {RangeError} if a name comes twice, or an input names no node.
   */
  graph(step: number, nodes: readonly GraphNode[]): void {
    this.#assertOpen('graph');
    assertStep('graph', step);
    this.#event({step, graphDef: encodeGraph(nodes)});
  }

  /**
   * Resolves when every value given so far is in the file. After a failure (a full disk) the values are kept, and the
   * next `flush` writes them again.
   */
  flush(): Promise<void> {
    return this.#file.flush();
  }

  /** Flushes and closes the file; nothing can be added afterwards. Closing twice is fine. */
  close(): Promise<void> {
    return this.#file.close();
  }

  #summary<T>(
    plugin: PluginName,
    step: number,
    values: TagValues<T>,
    toValue: (tag: string, value: T) => SummaryValue,
  ): void {
    this.#assertOpen(plugin);
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

  #assertOpen(method: string): void {
    if (this.#file.closed) throw new Error(`EventWriter.${method}: the writer is closed; open a new one.`);
  }

  #restart(step: number): void {
    // Twice, as TensorBoard takes the first session start of a run for its beginning, and only later ones for restarts.
    for (let i = 0; i < 2; i++) this.#event({step, sessionLog: {status: 'START'}});
  }

  #event(event: Omit<EventMessage, 'wallTime'>): void {
    this.#file.add(encodeEvent({wallTime: this.#now() / 1000, ...event}));
  }
}

function assertStep(method: string, step: number): void {
  if (!Number.isSafeInteger(step)) {
    throw new RangeError(`EventWriter.${method}: a step must be an integer within ±(2^53 - 1), got ${step}.`);
  }
}
