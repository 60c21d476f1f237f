import type {ArchitectureNode} from '../shared/index.js';
import type {Layer, LayersModel} from './tensorflow.js';

/** The model's graph as a list of nodes: what an overview draws, and what tells two models apart. */
export function describeArchitecture(model: LayersModel, captured: ReadonlySet<string>): ArchitectureNode[] {
  return model.layers.map(layer => ({
    name: layer.name,
    className: layer.getClassName(),
    shape: outputShape(layer).slice(1),
    parameters: layer.countParams(),
    inputs: inboundNames(layer),
    captured: captured.has(layer.name),
    // Only the outer model's layers are captured.
    ...(isModel(layer) && {layers: describeArchitecture(layer, new Set())}),
  }));
}

function isModel(layer: Layer): layer is LayersModel {
  return 'layers' in layer;
}

function outputShape(layer: Layer): (number | null)[] {
  const shape = layer.outputShape;
  return (Array.isArray(shape[0]) ? shape[0] : shape) as (number | null)[];
}

function inboundNames(layer: Layer): string[] {
  const names = layer.inboundNodes.flatMap(node => node.inboundLayers.map(inbound => inbound.name));
  return [...new Set(names)];
}
