import type {ChannelEntropyRow, Finding, LayerInfo} from '../../shared/index.js';
import {printSlice} from './expressions.js';
import {list, percent} from './words.js';

/** From this share of constant maps on a channel is nearly dead: it has something to say of one sample in twenty at most. */
const NEARLY = 0.95;

/**
 * Channels whose maps are constant for every sample, and those where nearly all are.
 *
 * @param rows - `channel_entropy` of the layer at one epoch.
 */
export function inactiveChannels(
  rows: readonly ChannelEntropyRow[],
  layer: LayerInfo,
  epoch: number,
): Finding[] {
  const judged = rows.filter(row => row.class === null && row.dead !== null && row.reason === null);
  const dead = judged.filter(row => row.dead === 1);
  const nearlyDead = judged.filter(row => row.dead !== null && row.dead >= NEARLY && row.dead < 1);
  const n = Math.min(...judged.map(row => row.n));
  const seenIn = (channels: number[]) => ({
    layer: layer.name,
    channels,
    epoch,
    evidence: `H(${printSlice({layers: [layer.name], channels, epochs: [epoch]})})`,
    basis: {n},
  });
  const found: Finding[] = [];
  if (dead.length > 0) {
    const channels = dead.map(row => row.channel);
    // Rule of three: none of n samples, so with 95 % confidence fewer than 3 / n of all inputs.
    const upTo = percent(Math.min(1, 3 / n));
    found.push({
      kind: 'dead-channels',
      level: 'attention',
      title: `${dead.length} of ${judged.length} channels of ${layer.name} are dead at epoch ${epoch}: ${list(channels)}`,
      ...seenIn(channels),
      confidence: {
        grade: n >= 100 ? 'high' : n >= 30 ? 'moderate' : 'low',
        why: `constant for all ${n} probe samples; at 95 % fewer than ${upTo} of inputs light them`,
      },
    });
  }
  if (nearlyDead.length > 0) {
    const channels = nearlyDead.map(row => row.channel);
    found.push({
      kind: 'near-dead-channels',
      level: 'note',
      title: `${nearlyDead.length} of ${judged.length} channels of ${layer.name} are constant for at least ${percent(NEARLY)} of the samples at epoch ${epoch}: ${list(channels)}`,
      ...seenIn(channels),
      confidence: {
        grade: n >= 100 ? 'moderate' : 'low',
        why: `the share is known to about ${percent(1 / Math.sqrt(n))}, from ${n} probe samples`,
      },
    });
  }
  return found;
}
