import {printQuery} from '../../shared/index.js';
import type {Finding, LayerInfo} from '../../shared/index.js';
import type {IdleChannel} from '../idle-channels.js';
import {entropyQuery} from '../../shared/notation/build-query.js';
import {list, percent} from './words.js';

/** From this share of one constant map on a channel is nearly dead: it has something to say of one sample in twenty at most. */
export const NEARLY = 0.95;

/**
 * Channels whose map is one and the same constant for every sample, and those where it nearly always is.
 *
 * @param idle - Channels of the layer with a share of at least {@link NEARLY}.
 * @param judged - Channels of the layer that were looked at.
 */
export function inactiveChannels(
  idle: readonly IdleChannel[],
  layer: LayerInfo,
  {epoch, judged}: {epoch: number; judged: number},
): Finding[] {
  const seenIn = (channels: number[], n: number) => ({
    layer: layer.name,
    channels,
    epoch,
    evidence: printQuery(entropyQuery({layers: [layer.name], channels, epochs: [epoch]})),
    basis: {n},
  });
  const found: Finding[] = [];
  const dead = idle.filter(({share}) => share === 1);
  const nearlyDead = idle.filter(({share}) => share < 1);
  if (dead.length > 0) {
    const channels = dead.map(({channel}) => channel);
    const n = fewest(dead);
    // Rule of three: none of n samples, so with 95 % confidence fewer than 3 / n of all inputs.
    const upTo = percent(Math.min(1, 3 / n));
    found.push({
      kind: 'dead-channels',
      level: 'attention',
      title: `${channelCount(dead.length, judged)} of ${layer.name} ${dead.length === 1 ? 'is' : 'are'} dead at epoch ${epoch}: ${list(channels)}`,
      ...seenIn(channels, n),
      confidence: {
        grade: n >= 100 ? 'high' : n >= 30 ? 'moderate' : 'low',
        why: `one and the same for all ${n} probe samples; at 95 % fewer than ${upTo} of inputs light them`,
      },
    });
  }
  if (nearlyDead.length > 0) {
    const channels = nearlyDead.map(({channel}) => channel);
    const n = fewest(nearlyDead);
    found.push({
      kind: 'near-dead-channels',
      level: 'note',
      title: `${channelCount(nearlyDead.length, judged)} of ${layer.name} ${nearlyDead.length === 1 ? 'is' : 'are'} one constant for at least ${percent(NEARLY)} of the samples at epoch ${epoch}: ${list(channels)}`,
      ...seenIn(channels, n),
      confidence: {
        grade: n >= 100 ? 'moderate' : 'low',
        why: `the share is known to about ${percent(1 / Math.sqrt(n))}, from ${n} probe samples`,
      },
    });
  }
  return found;
}

function fewest(idle: readonly IdleChannel[]): number {
  return idle.reduce((least, {n}) => Math.min(least, n), Infinity);
}

function channelCount(some: number, all: number): string {
  return `${some} of ${all} ${all === 1 ? 'channel' : 'channels'}`;
}
