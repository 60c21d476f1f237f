import type {ProbeData} from '../shared/recording/run-parts.js';
import type {LayerInfo, RunInfo} from '../shared/index.js';
import type {Run} from './run.js';

/**
 * Checks that a fit can go on in the folder of an earlier one: the same captured layers and the same probe, or epochs
 * before and after could not be compared.
 *
 * @throws {RangeError} naming the first difference and what to do.
 */
export async function assertSameRun(previous: Run, info: RunInfo, probe: ProbeData): Promise<void> {
  const difference = layerDifference(previous.info, info) ?? probeDifference(await previous.probe(), probe);
  if (difference === undefined) return;
  throw new RangeError(
    `RunWriter.create: ${previous.dir} cannot be resumed: ${difference}. ` +
      "Train into another folder, or from epoch 0: that creates a run next to it, or with existing: 'overwrite' replaces it.",
  );
}

function layerDifference(before: RunInfo, now: RunInfo): string | undefined {
  if (before.inputs !== now.inputs) return `the model had ${before.inputs} inputs and now has ${now.inputs}`;
  const [was, is] = [before, now].map(({layers}) => layers.map(describe)) as [string[], string[]];
  const longer = was.length > is.length ? was : is;
  const i = longer.findIndex((_, layer) => was[layer] !== is[layer]);
  if (i < 0) return undefined;
  return `layer ${i} was ${was[i] ?? 'not captured'} and is now ${is[i] ?? 'not captured'}`;
}

function describe(layer: LayerInfo): string {
  return `${layer.name} (${layer.className}, ${[...layer.spatial, layer.channels].join(' x ')})`;
}

function probeDifference(before: ProbeData, now: ProbeData): string | undefined {
  const same =
    sameBytes(before.labels, now.labels) &&
    before.inputs.length === now.inputs.length &&
    before.inputs.every((input, i) => {
      const other = now.inputs[i];
      return other !== undefined && sameBytes(input.values, other.values);
    });
  return same ? undefined : 'the probe is not the one the earlier epochs were measured with';
}

function sameBytes(a: ArrayBufferView, b: ArrayBufferView): boolean {
  return Buffer.from(a.buffer, a.byteOffset, a.byteLength).equals(
    Buffer.from(b.buffer, b.byteOffset, b.byteLength),
  );
}
