import {join} from 'node:path';
import type {RunInfo} from '../../shared/index.js';
import {EventWriter, removeEventFiles} from '../../tensorboard/index.js';
import type {EpochTables} from './messages.js';

type Scalar = readonly [tag: string, value: number];

/** One epoch's tables as TensorBoard events: `train` and `val` hold the logs, `probe` the entropies. */
export class EpochEvents {
  readonly #open = new Map<string, EventWriter>();

  private constructor(
    readonly dir: string,
    readonly info: RunInfo,
  ) {}

  /** A run that starts over drops the events of the one before it; one that goes on keeps what was before. */
  static async open(dir: string, info: RunInfo): Promise<EpochEvents> {
    if (info.training.initialEpoch === 0) {
      for (const set of ['train', 'val', 'probe']) await removeEventFiles(join(dir, set));
    }
    return new EpochEvents(dir, info);
  }

  /** Undefined values are left out: a gap in the chart, never a zero. */
  async record(epoch: number, tables: EpochTables): Promise<void> {
    for (const {epoch: step, name, value} of tables.logs ?? []) {
      if (value === null) continue;
      const [set, metric] = name.startsWith('val_') ? ['val', name.slice('val_'.length)] : ['train', name];
      (await this.#writer(set)).scalars(step, [[`epoch_${metric}`, value]]);
    }
    const probe = await this.#writer('probe');
    probe.scalars(epoch, [...this.#layerScalars(tables), ...this.#classScalars(tables)]);
    probe.histograms(epoch, this.#channelHistograms(tables));
    for (const writer of this.#open.values()) await writer.flush();
  }

  async close(): Promise<void> {
    for (const writer of this.#open.values()) await writer.close();
  }

  async #writer(set: string): Promise<EventWriter> {
    const open = this.#open.get(set);
    if (open) return open;
    const {initialEpoch} = this.info.training;
    const writer = await EventWriter.open(
      join(this.dir, set),
      initialEpoch > 0 ? {purgeStep: initialEpoch} : {},
    );
    this.#open.set(set, writer);
    return writer;
  }

  #layerScalars({layer_entropy = []}: EpochTables): Scalar[] {
    return layer_entropy
      .filter(row => row.class === null)
      .flatMap(({layer, bits, intra_mean}) =>
        known([
          [`inter_sample_entropy/${layer}`, bits],
          [`intra_sample_entropy/${layer}`, intra_mean],
        ]),
      );
  }

  #classScalars({class_entropy = []}: EpochTables): Scalar[] {
    return class_entropy.flatMap(row => {
      const name = this.info.classes[row.class] ?? String(row.class);
      return known([
        [`H(label|y)/${name}`, row.label_given_pred],
        [`H(y|label)/${name}`, row.pred_given_label],
      ]);
    });
  }

  #channelHistograms({channel_entropy = []}: EpochTables): [tag: string, values: number[]][] {
    const byLayer = new Map<string, number[]>();
    for (const {layer, class: label, mean} of channel_entropy) {
      if (label !== null || mean === null) continue;
      const values = byLayer.get(layer);
      if (values) values.push(mean);
      else byLayer.set(layer, [mean]);
    }
    return [...byLayer].map(([layer, values]) => [`intra_sample_entropy/${layer}/channels`, values]);
  }
}

function known(scalars: [tag: string, value: number | null][]): Scalar[] {
  return scalars.filter((scalar): scalar is [string, number] => scalar[1] !== null);
}
