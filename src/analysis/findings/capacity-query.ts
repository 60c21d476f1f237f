import type {CapacityQuery, LayerInfo, Slice} from '../../shared/index.js';

/** The question for all channel pairs of two layers at one epoch. */
export function capacityQuery(
  from: LayerInfo,
  to: LayerInfo,
  epoch: number,
  options: CapacityQuery['options'],
): CapacityQuery {
  const whole = ({name}: LayerInfo): Slice => ({
    samples: 'all',
    layers: [name],
    channels: 'all',
    epochs: [epoch],
  });
  return {measure: 'C', from: whole(from), to: whole(to), options};
}
