import type {Run, WeightTensor} from '../store/index.js';
import type {LayersModel, Tensor} from '../model/tensorflow.js';
import type {DeconvnetTensorFlow} from './tensorflow.js';

/**
 * The model as it was at an epoch: the run's topology with that epoch's weights. It is a new model, not compiled; the
 * caller disposes it.
 *
 * @throws {RangeError} if the epoch is not finished, or the run was captured without weights, or from named tensors.
 * @throws {Error} if a custom layer is not registered with this tf, or the stored weights do not fit the topology.
 */
export async function modelAt(
  tf: Pick<DeconvnetTensorFlow, 'models' | 'tensor' | 'tidy'>,
  run: Run,
  epoch: number,
): Promise<LayersModel> {
  if (run.info.topology === null) {
    throw new RangeError(
      `modelAt: run ${run.info.name} was captured from named tensors; only a tf.LayersModel is kept with a run, and can be projected back through.`,
    );
  }
  const weights = await run.weights(epoch);
  const model = await readTopology(tf, run);
  try {
    tf.tidy(() => model.setWeights(inModelOrder(tf, model, weights, `${run.info.name}: epoch ${epoch}`)));
    return model;
  } catch (error) {
    model.dispose();
    throw error;
  }
}

async function readTopology(tf: Pick<DeconvnetTensorFlow, 'models'>, {info}: Run): Promise<LayersModel> {
  try {
    // tfjs may write into what it reads.
    return await tf.models.modelFromJSON(structuredClone(info.topology) as Topology);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const [, kind, name] = /^Unknown (\w+): (\S+)\. /.exec(reason) ?? [];
    const message = name
      ? `it has a ${kind} ${name}, which this tf does not know; register it with tf.serialization.registerClass(${name}) before.`
      : reason.split('\n')[0];
    throw new Error(`modelAt: cannot build the model of run ${info.name}: ${message}`, {cause: error});
  }
}

type Topology = Parameters<DeconvnetTensorFlow['models']['modelFromJSON']>[0];

/**
 * The stored weights in the order of the model's: each goes to the weight of its name, and where several share one, in
 * the order of both.
 */
function inModelOrder(
  tf: Pick<DeconvnetTensorFlow, 'tensor'>,
  model: LayersModel,
  stored: readonly WeightTensor[],
  what: string,
): Tensor[] {
  const left = new Map<string, WeightTensor[]>();
  for (const weight of stored) left.set(weight.name, [...(left.get(weight.name) ?? []), weight]);
  const tensors = model.weights.map(({originalName, shape}) => {
    const weight = left.get(originalName)?.shift();
    if (!weight || weight.shape.join() !== shape.join()) {
      const found = weight ? `[${weight.shape.join(', ')}]` : 'nothing';
      throw new Error(
        `modelAt: ${what}: the topology has a weight ${originalName} of shape [${shape.join(', ')}], stored is ${found}.`,
      );
    }
    return tf.tensor(weight.values, weight.shape, weight.dtype as 'float32' | 'int32' | 'bool');
  });
  const unused = [...left.values()].flat();
  if (unused.length > 0)
    throw new Error(`modelAt: ${what}: weight ${unused[0]?.name} is stored, but not in the topology.`);
  return tensors;
}
