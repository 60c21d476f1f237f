import type {StartOfTraining} from '../../shared/recording/run-parts.js';
import type {HParam} from '../../shared/recording/tensorboard-parts.js';
import {onPath} from '../on-path.js';
import {join} from 'node:path';
import {FINDINGS_EVENTS, type RunInfo} from '../../shared/index.js';
import {
  EVENT_FOLDERS,
  eventFolder,
  EventWriter,
  removeEventFiles,
  type ImageSummary,
} from '../../tensorboard/index.js';
import type {CapturedLayer} from '../epoch-samples.js';
import type {EpochTables, TensorBoardSetup} from '../../shared/recording/recorder.js';
import type {Stages} from '../../shared/recording/stages.js';
import {epochPictures, type PictureSource} from './epoch-pictures.js';
import {channelHistograms, comparedMetrics, entropyScalars, placeOfLog} from './epoch-scalars.js';
import {runLayout} from './run-layout.js';
import {modelText, runText} from './run-text.js';

/** Settings of a run's events: those of its pictures, and their folder. */
export interface EventSource extends PictureSource {
  tensorboard: TensorBoardSetup;
  /** The run folder. */
  runDir: string;
  start: StartOfTraining;
  /** The run that this one replaces. */
  overwritten: RunInfo | null;
}

/** Input of the events of one epoch. */
export interface EventsOfEpoch {
  tables: EpochTables;
  activations: readonly CapturedLayer[];
  /** Receives the failures of single parts. */
  stages: Stages;
}

type TaggedImage = readonly [tag: string, image: ImageSummary];

/** A run as TensorBoard events: `train` and `val` hold the logs, `probe` the entropies and pictures of each epoch. */
export class EpochEvents {
  readonly #source: EventSource;
  readonly #dir: string;
  readonly #open = new Map<string, EventWriter>();
  #lastStep: number;
  #hasColumns = false;

  private constructor(source: EventSource, dir: string) {
    this.#source = source;
    this.#dir = dir;
    this.#lastStep = source.start.epoch;
  }

  /**
   * A run that replaces another drops the events of that one; one that is resumed keeps the earlier ones, without the
   * findings, which spoke of an end that is none. Event files of others are left alone.
   *
   * @throws {Error} naming the directory, if it cannot be used.
   */
  static async open(source: EventSource): Promise<EpochEvents> {
    const {info, tensorboard, runDir, overwritten} = source;
    const owners = [info.id, overwritten?.id].filter(id => id !== undefined);
    return onPath(tensorboard.dir ?? runDir, async () => {
      const dir = await eventFolder({dir: tensorboard.dir, runDir, owners});
      if (overwritten?.id) {
        for (const run of EVENT_FOLDERS) await removeEventFiles(join(dir, run), overwritten.id);
      }
      if (info.id) await removeEventFiles(join(dir, FINDINGS_EVENTS), info.id);
      const events = new EpochEvents(source, dir);
      await events.#describe();
      return events;
    });
  }

  /**
   * Writes the events of one epoch. A group of scalars or a picture that fails is noted in `stages`.
   *
   * @throws {Error} if the files cannot be written any more: the run's events end here.
   */
  async record(epoch: number, {tables, activations, stages}: EventsOfEpoch): Promise<void> {
    const dir = this.#dir;
    const group = (of: string, add: () => Promise<void>) => {
      const what = `the ${of} could not be written for TensorBoard`;
      return stages.run({stage: 'tensorboard', of, what}, () => onPath(dir, add));
    };
    await group('logs', () => this.#logs(epoch, tables));
    await group('entropies', async () => {
      const probe = await this.#writer('probe');
      probe.scalars(epoch, entropyScalars(tables, this.#source.info));
      probe.histograms(epoch, channelHistograms(tables));
    });
    const images = await this.#draw({tables, activations, stages});
    await group('pictures', async () => (await this.#writer('probe')).images(epoch, images));
    this.#lastStep = epoch;
    await onPath(dir, () => this.#flush());
  }

  /** @throws {Error} if what was left cannot be written; the files are closed all the same. */
  async close(status: 'success' | 'failure'): Promise<void> {
    await onPath(this.#dir, async () => {
      const run = await this.#writer('');
      run.hparams(this.#lastStep, {sessionEnd: {status, endTime: Date.now() / 1000}});
      const closed = await Promise.allSettled([...this.#open.values()].map(writer => writer.close()));
      const failed = closed.find(result => result.status === 'rejected');
      if (failed) throw failed.reason;
    });
  }

  async #logs(epoch: number, tables: EpochTables): Promise<void> {
    for (const {epoch: step, name, value} of tables.logs ?? []) {
      if (value === null) continue;
      const {run, tag} = placeOfLog(name);
      (await this.#writer(run)).scalars(step, [[tag, value]]);
    }
    await this.#nameColumns(epoch, tables);
  }

  async #draw({tables, activations, stages}: EventsOfEpoch): Promise<TaggedImage[]> {
    const images: TaggedImage[] = [];
    for (const {tag, draw} of epochPictures(this.#source, tables, activations)) {
      const what = `the picture ${tag} could not be drawn`;
      const image = await stages.run({stage: 'picture', of: tag, what}, draw);
      if (image) images.push([tag, image]);
    }
    return images;
  }

  async #describe(): Promise<void> {
    const {info, tensorboard} = this.#source;
    const {hparams, graph} = tensorboard;
    const run = await this.#writer('');
    const step = this.#lastStep;
    run.text(step, [
      ['model', modelText(info)],
      ['run', runText(info)],
    ]);
    run.layout(step, runLayout(info));
    if (graph.length > 0) run.graph(step, graph);
    const all = {...hparams.others, ...hparams.compared};
    run.hparams(step, {sessionStart: {hparams: all, startTime: Date.parse(info.createdAt) / 1000}});
    await this.#flush();
  }

  /** Which metrics a training logs is known when the first are there. */
  async #nameColumns(epoch: number, tables: EpochTables): Promise<void> {
    if (this.#hasColumns || !tables.logs?.length) return;
    this.#hasColumns = true;
    const {compared, others} = this.#source.tensorboard.hparams;
    const columnsOf = (values: Record<string, HParam>, differs: boolean) =>
      Object.entries(values).map(([name, value]) => ({name, type: typeOf(value), differs}));
    const columns = [...columnsOf(compared, true), ...columnsOf(others, false)];
    const run = await this.#writer('');
    run.hparams(epoch, {experiment: {hparams: columns, metrics: comparedMetrics(tables)}});
  }

  async #writer(run: string): Promise<EventWriter> {
    const open = this.#open.get(run);
    if (open) return open;
    const {info, start, overwritten} = this.#source;
    // Old points that are not deleted must be purged: those of later epochs, or of a run whose files are unknown.
    const keeps = start.goesOn ? start.captured : overwritten === null || overwritten.id !== undefined;
    const writer = await EventWriter.open(join(this.#dir, run), {
      ...(info.id === undefined ? {} : {owner: info.id}),
      ...(start.goesOn || !keeps ? {purgeStep: start.epoch + (keeps ? 1 : 0)} : {}),
    });
    this.#open.set(run, writer);
    return writer;
  }

  async #flush(): Promise<void> {
    for (const writer of this.#open.values()) await writer.flush();
  }
}

function typeOf(value: HParam): 'string' | 'number' | 'boolean' {
  return typeof value as 'string' | 'number' | 'boolean';
}
