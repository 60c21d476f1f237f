import {assertIntraSampleInput, type IntraSampleMeasure} from '../intra-sample-entropy.js';
import {samplesOf} from '../layer-samples.js';
import {intraSampleSteps} from './intra-sample-steps.js';
import {MetricsModule} from './metrics-module.js';
import {operations, type InputOf, type OperationName} from './operations/index.js';
import type {Operation} from './operations/operation.js';

/** `intraSampleEntropy` by the SIMD kernels in the calling thread: the same numbers to the last bit, some times sooner. */
export function simdIntraSampleEntropy(): IntraSampleMeasure {
  const module = new MetricsModule();
  return (maps, shape, {bins = 32, range = 'layer'} = {}) => {
    assertIntraSampleInput('simdIntraSampleEntropy', maps, shape, {bins, range});
    const steps = intraSampleSteps(samplesOf(maps, shape.samples), shape, {bins, range});
    for (let step = steps.next(); ; step = steps.next()) {
      if (step.done) return step.value;
      runHere(module, step.value.operation, step.value.input);
    }
  };
}

/** All pieces of an operation, in the calling thread. */
function runHere<Name extends OperationName>(module: MetricsModule, name: Name, input: InputOf<Name>): void {
  const operation = operations[name] as unknown as Operation<InputOf<Name>>;
  module.reset();
  const prepared = operation.prepare(module, input, 0);
  for (let piece = 0, pieces = operation.pieces(input); piece < pieces; piece++) prepared.run(piece);
  prepared.finish?.();
}
