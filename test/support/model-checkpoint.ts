import * as tf from '@tensorflow/tfjs';

/** As users write it: keeps the model of the epoch with the least validation loss. */
export class ModelCheckpoint extends tf.Callback {
  readonly #target: string | tf.io.IOHandler;
  #least = Infinity;
  saved: number[] = [];

  constructor(target: string | tf.io.IOHandler) {
    super();
    this.#target = target;
  }

  /** tfjs' own type of `model` is private to it. */
  override setModel(model: tf.LayersModel): void {
    this.model = model;
  }

  override async onEpochEnd(epoch: number, logs: tf.Logs = {}): Promise<void> {
    const loss = logs['val_loss'] ?? Infinity;
    if (loss >= this.#least) return;
    this.#least = loss;
    await this.model.save(this.#target);
    this.saved.push(epoch + 1);
  }
}
