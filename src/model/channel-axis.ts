import {graphCalls, inputsOf, type GraphCall} from './model-graph.js';
import type {Layer, LayersModel, SymbolicTensor} from './tensorflow.js';

/**
 * Finds the channels in the tensors of a graph: the last axis, or with `channelsFirst` the one before the spatial axes.
 * A layer with a data format says so itself; one that treats its values one by one, or joins them, hands on the axis of
 * its input; an input of the model has the axis that the layers on it read.
 *
 * @returns For an output of a call, or an input of the model, its axis of channels; the batch is axis 0.
 */
export function channelAxes(calls: readonly GraphCall[]): (symbolic: SymbolicTensor) => number {
  const given = (symbolic: SymbolicTensor): number | null => {
    const {sourceLayer: layer, tensorIndex, shape} = symbolic;
    const [input] = inputsOf(symbolic);
    if (!input) return read(symbolic);
    return (
      ownAxis(layer, shape.length) ??
      nestedAxis(layer, ({outputs}) => outputs[tensorIndex]) ??
      (keepsAxes(symbolic, input) ? given(input) : null)
    );
  };
  const read = (symbolic: SymbolicTensor): number | null => {
    for (const {layer, inputs, output} of calls) {
      const place = inputs.indexOf(symbolic);
      if (place < 0) continue;
      const axis =
        ownAxis(layer, symbolic.shape.length) ??
        nestedAxis(layer, nested => nested.inputs[place]) ??
        (keepsAxes(output, symbolic) ? read(output) : null);
      if (axis !== null) return axis;
    }
    return null;
  };
  return symbolic => given(symbolic) ?? lastAxis(symbolic.shape.length);
}

/** The order of axes that brings the channels to the end; null where they are there already. */
export function channelsLast(rank: number, axis: number): number[] | null {
  if (axis === lastAxis(rank)) return null;
  return [...Array.from({length: rank}, (_, i) => i).filter(i => i !== axis), axis];
}

/** Returns, for each input of a model, the order of axes that moves its channels to the end; null if they are there. */
export function inputOrders(model: LayersModel): (number[] | null)[] {
  const axisOf = channelAxes(graphCalls(model));
  return model.inputs.map(input => channelsLast(input.shape.length, axisOf(input)));
}

/** Shape of one sample with its axes in an order that counts the batch as axis 0. */
export function shapeInOrder(shape: number[], order: number[] | null): number[] {
  return order ? order.slice(1).map(axis => shape[axis - 1] as number) : shape;
}

/** The order that undoes another. */
export function inverseOrder(order: number[]): number[] {
  return order.map((_, axis) => order.indexOf(axis));
}

function lastAxis(rank: number): number {
  return Math.max(1, rank - 1);
}

/** The fields by which layers tell their data format; tfjs does not export their types. */
interface Formatted {
  dataFormat?: 'channelsFirst' | 'channelsLast' | null;
  /** The layer inside a wrapper such as TimeDistributed. */
  layer?: Layer;
  /** The cell of a recurrent layer. */
  cell?: Layer;
}

/** Returns the channel axis of a layer's input or output; null if its configuration does not say. */
function ownAxis(layer: Layer, rank: number): number | null {
  const {dataFormat, layer: wrapped, cell} = layer as unknown as Formatted;
  const within = wrapped ?? cell;
  if (!dataFormat) return within ? ownAxis(within, rank) : null;
  const spatialAxes = Number(/\d(?=D)/.exec(layer.getClassName())?.[0] ?? rank - 2);
  const axis = rank - 1 - spatialAxes;
  return dataFormat === 'channelsFirst' && axis >= 1 ? axis : lastAxis(rank);
}

/** The axis within a model that is used as a layer. */
function nestedAxis(
  layer: Layer,
  tensorOf: (model: LayersModel) => SymbolicTensor | undefined,
): number | null {
  if (!('layers' in layer)) return null;
  const model = layer as LayersModel;
  const symbolic = tensorOf(model);
  return symbolic ? channelAxes(graphCalls(model))(symbolic) : null;
}

/** Checks whether each axis of a call's output has the same meaning as in the input. */
function keepsAxes(output: SymbolicTensor, input: SymbolicTensor): boolean {
  const kind = output.sourceLayer.getClassName();
  if (output.shape.length !== input.shape.length || kind === 'Permute') return false;
  return kind === 'Concatenate' || output.shape.every((extent, axis) => extent === input.shape[axis]);
}
