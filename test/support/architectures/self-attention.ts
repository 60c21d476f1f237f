import * as tf from '@tensorflow/tfjs';

/** Scaled dot-product attention of a sequence to itself: a layer of the user's own, as tfjs has none. */
export class SelfAttention extends tf.layers.Layer {
  static className = 'SelfAttention';
  readonly #units: number;
  readonly #kernels: tf.LayerVariable[] = [];

  constructor({units, ...config}: {units: number; name?: string}) {
    super(config);
    this.#units = units;
  }

  override build([, , features]: tf.Shape): void {
    for (const name of ['query', 'key', 'value']) {
      this.#kernels.push(
        this.addWeight(name, [features as number, this.#units], 'float32', tf.initializers.glorotUniform({})),
      );
    }
    this.built = true;
  }

  override computeOutputShape([batch, time]: tf.Shape): tf.Shape {
    return [batch as null, time as number, this.#units];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = [inputs].flat()[0] as tf.Tensor3D;
      const [batch, time, features] = x.shape;
      const project = (kernel: tf.LayerVariable | undefined) =>
        tf
          .matMul(tf.reshape(x, [batch * time, features]), (kernel as tf.LayerVariable).read())
          .reshape<tf.Tensor3D>([batch, time, this.#units]);
      const [query, key, value] = this.#kernels.map(project) as [tf.Tensor3D, tf.Tensor3D, tf.Tensor3D];
      const scores = tf.div<tf.Tensor3D>(tf.matMul(query, key, false, true), Math.sqrt(this.#units));
      return tf.matMul(tf.softmax(scores), value);
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    return {...super.getConfig(), units: this.#units};
  }
}

tf.serialization.registerClass(SelfAttention);
