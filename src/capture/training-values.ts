import type {InputValues, LabelledSet} from './labelled-set.js';
import {graphCalls} from '../model/model-graph.js';
import type {Layer, LayersModel, Tensor} from '../model/tensorflow.js';

/** Training samples that are looked at before they are compared with the probe. */
const SAMPLES = 32;
/** Minimum factor between two magnitudes: between pixels of 0..255 and of 0..1 it is 255. */
const FAR = 8;
/** The same for shares of negative values: data around 0, and data from 0 on. */
const APART = 0.4;

/** Sums over values, from which their magnitude follows. */
class Spread {
  low = Infinity;
  high = -Infinity;
  #values = 0;
  #squares = 0;
  #negative = 0;

  add(values: ArrayLike<number>): void {
    for (let i = 0; i < values.length; i++) {
      const value = values[i] as number;
      this.low = Math.min(this.low, value);
      this.high = Math.max(this.high, value);
      this.#squares += value * value;
      if (value < 0) this.#negative += 1;
    }
    this.#values += values.length;
  }

  isFarFrom(other: Spread): boolean {
    const factor = this.#magnitude / other.#magnitude;
    return factor > FAR || factor < 1 / FAR || Math.abs(this.#negativeShare - other.#negativeShare) > APART;
  }

  get range(): string {
    return `${Number(this.low.toPrecision(3))} to ${Number(this.high.toPrecision(3))}`;
  }

  /** Root mean square. */
  get #magnitude(): number {
    return Math.sqrt(this.#squares / this.#values);
  }

  get #negativeShare(): number {
    return this.#negative / this.#values;
  }
}

const reported = new WeakSet<LabelledSet>();

/**
 * Compares what the model is trained on with the probe, once, and tells where a probe is clearly of another scale: pixels of
 * 0..255 for a training on 0..1. tfjs shows callbacks no batch; so the layer on each input is watched until it has seen a
 * few samples in training, which costs their copy. A layer that is called several times is not watched.
 *
 * @param tell - Takes the one line.
 * @returns Stops watching.
 */
export function watchTrainingValues(
  model: LayersModel,
  probe: LabelledSet,
  tell: (line: string) => void,
): () => void {
  if (reported.has(probe)) return () => undefined;
  const stops = model.inputs.map((input, i) => {
    const calls = graphCalls(model);
    const [reader, other] = calls.filter(({inputs}) => inputs.includes(input));
    const isWatched = reader && !other && calls.filter(({layer}) => layer === reader.layer).length === 1;
    if (!isWatched || Object.hasOwn(reader.layer, 'call')) return () => undefined;
    const name = model.inputNames[i] ?? input.name;
    return watch(reader.layer, reader.inputs.indexOf(input), seen => {
      const own = spreadOf(probe.inputs[i] as InputValues);
      if (reported.has(probe) || !own.isFarFrom(seen)) return;
      reported.add(probe);
      tell(
        `options.probe.xs: input "${name}" has values from ${own.range} in the probe, and from ${seen.range} in the first training samples; prepare the probe as the training data are.`,
      );
    });
  });
  return () => stops.forEach(stop => stop());
}

/** Wraps a layer's own `call` until it has seen enough; it never throws into the training. */
function watch(layer: Layer, place: number, done: (seen: Spread) => void): () => void {
  const original = layer.call.bind(layer);
  const seen = new Spread();
  let samples = 0;
  const stop = () => {
    if (layer.call === watching) delete (layer as {call?: unknown}).call;
  };
  const look = (inputs: Tensor | Tensor[]) => {
    const tensor = [inputs].flat()[place] as Tensor;
    seen.add(tensor.dataSync());
    samples += tensor.shape[0] ?? 0;
    if (samples < SAMPLES) return;
    stop();
    done(seen);
  };
  const watching: Layer['call'] = (inputs, kwargs) => {
    if (kwargs?.['training'] === true) {
      try {
        look(inputs);
      } catch {
        stop(); // a backend that cannot read at once, such as WebGPU
      }
    }
    return original(inputs, kwargs);
  };
  Object.defineProperty(layer, 'call', {value: watching, configurable: true, writable: true});
  return stop;
}

function spreadOf({values}: InputValues): Spread {
  const spread = new Spread();
  spread.add(values);
  return spread;
}
