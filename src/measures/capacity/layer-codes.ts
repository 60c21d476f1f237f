import type {PairCodes} from '../../metrics/index.js';
import {storedSamples, type LayerInfo} from '../../shared/index.js';
import type {Evaluation} from '../answer/evaluation.js';
import {membersOf, readLayerMaps, takeSamples} from '../slice/layer-maps.js';
import {NoSuchSlice} from '../slice/no-such-slice.js';
import type {SampleSet} from '../slice/resolve-slice.js';

/** Samples of a layer at an epoch, and how their distances are binned. */
export interface CodesOf {
  epoch: number;
  layer: LayerInfo;
  set: SampleSet;
  bins: number;
  /** Null is all. */
  channels: number[] | null;
}

/** Bytes of the binned distances of one layer, one a pair of samples and channel. */
const MAX_DISTANCES = 2 ** 30;

function assertDistancesFit({name}: LayerInfo, channels: number, samples: number): void {
  const distances = (channels * samples * (samples - 1)) / 2;
  if (distances <= MAX_DISTANCES) return;
  throw new NoSuchSlice(
    `The distances of ${samples} samples in ${channels} channels of ${name} would take ${Math.ceil(distances / 2 ** 20)} MiB, ` +
      `and capacity holds ${MAX_DISTANCES / 2 ** 20} of a layer; name fewer samples or channels.`,
  );
}

/** Distances of a layer serve every pair that it is part of. */
export async function codesOf(
  evaluation: Evaluation,
  {epoch, layer, set, bins, channels}: CodesOf,
): Promise<PairCodes> {
  const {run, compute, codes, job} = evaluation;
  const source = await run.fingerprint(epoch, [layer.name]);
  return codes.get(JSON.stringify([source, set, bins, channels]), async () => {
    const maps = await readLayerMaps(run, epoch, layer, channels);
    // Inputs are stored of the whole probe; a pair has the samples that both of its layers have.
    const stored = storedSamples(run.info);
    const members = membersOf(maps, set).filter(sample => sample < stored);
    assertDistancesFit(layer, maps.channels.length, members.length);
    const shape = {channels: maps.channels.length, samples: members.length, pixels: maps.pixels};
    return compute.pairCodes(takeSamples(maps, members), shape, {
      bins,
      ...(job.signal && {signal: job.signal}),
    });
  });
}
