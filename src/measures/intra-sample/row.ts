import type {ChannelEntropyRow, LayerInfo, Reason} from '../../shared/index.js';
import {columnsFor} from '../answer/answer-parts.js';

/** A row of the answer: one channel of a layer at one epoch, of one set of samples. */
export interface Row {
  epoch: number;
  layer: string;
  /** Null is a dense layer as a whole: its vector as one map. */
  channel: number | null;
  class: number | null;
  bits: number | null;
  std: number | null;
  dead: number | null;
  zeros: number | null;
  n: number;
  reason: Reason | null;
}

export const COLUMNS = columnsFor<Row>({
  epoch: 'int32',
  layer: 'string',
  channel: 'int32',
  class: 'int32',
  bits: 'double',
  std: 'double',
  dead: 'double',
  zeros: 'double',
  n: 'int32',
  reason: 'string',
});

/** The answer's row of a row of `channel_entropy`. */
export function resultRow({
  epoch,
  layer,
  channel,
  class: label,
  mean,
  std,
  dead,
  zeros,
  n,
  reason,
}: ChannelEntropyRow): Row {
  return {epoch, layer, channel, class: label, bits: mean, std, dead, zeros, n, reason};
}

/** The row of a channel whose entropy could not be computed. */
export function failedRow({
  epoch,
  layer,
  channel,
  label,
}: {
  epoch: number;
  layer: LayerInfo;
  channel: number | null;
  label: number | null;
}): Row {
  const nothing = {bits: null, std: null, dead: null, zeros: null, n: 0};
  return {epoch, layer: layer.name, channel, class: label, ...nothing, reason: 'failed'};
}
