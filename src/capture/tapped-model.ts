import {isModel, type LayerOutput} from '../model/layer-outputs.js';
import type {Layer, LayersModel, SymbolicTensor, Tensor, TensorFlow} from '../model/tensorflow.js';

/** A model of the user's with further tensors of its graph as outputs; it shares every layer. */
interface Extended {
  model: LayersModel;
  /** Those of the user's model first. */
  outputs: SymbolicTensor[];
}

/** One call of a layer while the model runs. */
interface Call {
  /** Its inputs, which identify the call. */
  given: Tensor[];
  /** The same in the type that a nested model takes. */
  fed: Tensor[];
  /** Its outputs; for a nested model those of its extended one. */
  results: Tensor[];
  /** Results that are asked for, by their place, safe from the clean-up of the model. */
  kept: Map<number, Tensor>;
}

/**
 * The user's model with chosen layers as further outputs, also layers of models inside it. Every layer is computed once,
 * by tfjs itself: while the model runs, a nested model is replaced by an extended one that hands out its inner tensors,
 * and a layer with several outputs hands out those that tfjs would run it again for.
 */
export class TappedModel {
  readonly #tf: TensorFlow;
  readonly #model: LayersModel;
  readonly #taps: readonly LayerOutput[];
  readonly #extended = new Map<LayersModel, Extended>();

  constructor(tf: TensorFlow, model: LayersModel, taps: readonly LayerOutput[]) {
    this.#tf = tf;
    this.#model = model;
    this.#taps = taps;
    for (const [container, wanted] of wantedOf(model, taps)) {
      const outputs = [...new Set([...container.outputs, ...wanted])];
      // A unique name, so that tfjs' count of models stays the user's.
      const name = `${container.name}_tapped`;
      this.#extended.set(container, {model: tf.model({inputs: container.inputs, outputs, name}), outputs});
    }
  }

  /**
   * Runs the model, not training. To be called in a `tidy`, which the results belong to.
   *
   * @returns The model's outputs, and what each tapped layer gives.
   */
  run(xs: Tensor[]): {outputs: Tensor[]; taps: Tensor[]} {
    const {model} = this.#extended.get(this.#model) as Extended;
    const fed = fitted(this.#tf, this.#model, xs);
    const calls = new Map<Layer, Call[]>();
    const restore = this.#replaceCalls(calls);
    try {
      const given = model.apply(fed.length === 1 ? (fed[0] as Tensor) : fed, {training: false});
      const results = [given].flat() as Tensor[];
      const whole: Call = {given: xs, fed, results, kept: new Map()};
      const taps = this.#taps.map(tap => this.#valueOf(tap, whole, calls));
      return {outputs: results.slice(0, this.#model.outputs.length), taps};
    } finally {
      restore();
      for (const {kept} of [...calls.values()].flat()) for (const tensor of kept.values()) tensor.dispose();
    }
  }

  #valueOf(
    {layer, output, within, call, isFurther}: LayerOutput,
    whole: Call,
    calls: Map<Layer, Call[]>,
  ): Tensor {
    let container = this.#model;
    let at = whole;
    const called = (layer: Layer, inputs: SymbolicTensor[]): Call => {
      const wanted = inputs.map(input => this.#inCall(container, at, input));
      const made = calls.get(layer) as Call[];
      return made.find(({given}) => given.every((tensor, i) => tensor === wanted[i])) ?? (made[0] as Call);
    };
    for (const {layer, inputs} of within) {
      at = called(layer, inputs);
      container = layer as LayersModel;
    }
    if (isFurther) return (called(layer, call.inputs).kept.get(output.tensorIndex) as Tensor).clone();
    return at.kept.get(this.#place(container, output))?.clone() ?? this.#inCall(container, at, output);
  }

  /** Returns the value of a tensor of a model's graph in one of its calls. */
  #inCall(container: LayersModel, {fed, results}: Call, symbolic: SymbolicTensor): Tensor {
    const input = container.inputs.indexOf(symbolic);
    return (input >= 0 ? fed[input] : results[this.#place(container, symbolic)]) as Tensor;
  }

  #place(container: LayersModel, symbolic: SymbolicTensor): number {
    return this.#extended.get(container)?.outputs.indexOf(symbolic) ?? -1;
  }

  /** Until the returned function is called, layers that hand out more than tfjs asks for note each call. */
  #replaceCalls(calls: Map<Layer, Call[]>): () => void {
    const kept = new Map<Layer, Set<number>>();
    for (const {layer, output, within, isFurther} of this.#taps) {
      const [noting, place] = isFurther
        ? [layer, output.tensorIndex]
        : [within.at(-1)?.layer, this.#place(within.at(-1)?.layer as LayersModel, output)];
      for (const container of within) kept.set(container.layer, kept.get(container.layer) ?? new Set());
      if (noting) kept.set(noting, (kept.get(noting) ?? new Set()).add(place));
    }
    const restores = [...kept].map(([layer, places]) =>
      withCall(layer, (original, inputs, kwargs) => {
        const given = [inputs].flat();
        const extended = isModel(layer) && this.#extended.get(layer);
        const fed = extended ? fitted(this.#tf, layer, given) : given;
        const results = [extended ? extended.model.call(fed, kwargs) : original(inputs, kwargs)].flat();
        const keep = (place: number) => this.#tf.keep((results[place] as Tensor).clone());
        const call = {given, fed, results, kept: new Map([...places].map(place => [place, keep(place)]))};
        calls.set(layer, [...(calls.get(layer) ?? []), call]);
        const own = extended ? results.slice(0, layer.outputs.length) : results;
        return own.length === 1 ? (own[0] as Tensor) : own;
      }),
    );
    return () => restores.forEach(restore => restore());
  }
}

type CallMethod = Layer['call'];
type Kwargs = Parameters<CallMethod>[1];

/** Replaces a layer's own `call` by another method, until the returned function is called. */
function withCall(
  layer: Layer,
  replacement: (original: CallMethod, inputs: Tensor | Tensor[], kwargs: Kwargs) => Tensor | Tensor[],
): () => void {
  const before = Object.getOwnPropertyDescriptor(layer, 'call');
  const original = layer.call.bind(layer);
  const value: CallMethod = (inputs, kwargs) => replacement(original, inputs, kwargs);
  Object.defineProperty(layer, 'call', {value, configurable: true, writable: true});
  return () => {
    delete (layer as {call?: unknown}).call;
    if (before) Object.defineProperty(layer, 'call', before);
  };
}

/** Requested tensors of the graphs of the model and of each nested one that is captured. */
function wantedOf(model: LayersModel, taps: readonly LayerOutput[]): Map<LayersModel, Set<SymbolicTensor>> {
  const wanted = new Map<LayersModel, Set<SymbolicTensor>>([[model, new Set()]]);
  for (const {within, output, call, isFurther} of taps) {
    let inner = wanted.get(model) as Set<SymbolicTensor>;
    const add = (symbolics: readonly SymbolicTensor[]) => {
      for (const symbolic of symbolics) inner.add(symbolic);
    };
    for (const {layer, inputs} of within) {
      add(inputs); // they tell the calls of a shared model apart
      inner = wanted.get(layer as LayersModel) ?? new Set();
      wanted.set(layer as LayersModel, inner);
    }
    add(isFurther ? [call.output, ...call.inputs] : [output]);
  }
  return wanted;
}

/** As tfjs casts what it feeds: the tensors stay themselves where they have the model's type. */
function fitted(tf: Pick<TensorFlow, 'cast'>, {inputs}: LayersModel, tensors: Tensor[]): Tensor[] {
  return tensors.map((tensor, i) => {
    const dtype = inputs[i]?.dtype ?? tensor.dtype;
    return tensor.dtype === dtype ? tensor : tf.cast(tensor, dtype);
  });
}
