import {effect, untracked} from '@preact/signals';
import {accuracies} from './accuracies.js';
import {entropyOfLayers} from './architecture.js';
import {capacity, capacityOverDepth, capacityOverTime, pairSamples} from './capacity.js';
import {channelEntropy, channelPictures, channelSamples, consistency} from './channel-tables.js';
import {followLayers} from './chosen-layers.js';
import {runClock} from './clock.js';
import {findings} from './findings.js';
import {followWindow} from './layout.js';
import {checkLinks} from './link-check.js';
import {keepLink} from './link.js';
import {
  cellSamples,
  classEntropy,
  confusion,
  layerValues,
  logs,
  lostOfRuns,
  primaryLogs,
} from './performance-tables.js';
import {answer} from './query.js';
import {detail} from './run-detail.js';
import {connected, watchRuns} from './runs.js';

/** What the server is asked for, whenever the state calls for it. */
const loaded = [
  ...[detail, logs, primaryLogs, lostOfRuns, layerValues, classEntropy, confusion, cellSamples],
  ...[capacity, capacityOverTime, capacityOverDepth, pairSamples],
  ...[channelEntropy, consistency, channelSamples, channelPictures],
  ...[entropyOfLayers, findings, answer, accuracies],
];

/**
 * Sets the state in motion: it follows address, window and server, and loads what the page shows. Importing the state
 * does nothing by itself.
 *
 * @returns Ends all of it.
 */
export function startState(): () => void {
  const stops = [
    keepLink(),
    followWindow(),
    watchRuns(),
    followLayers(),
    checkLinks(),
    runClock(),
    retryOnReturn(),
  ];
  for (const {start} of loaded) stops.push(start());
  return () => stops.reverse().forEach(stop => stop());
}

/** Asks again for what failed, once the server that was gone is there again; returns what ends it. */
function retryOnReturn(): () => void {
  let wasConnected = true;
  return effect(() => {
    const isConnected = connected.value;
    if (isConnected && !wasConnected)
      untracked(() => loaded.filter(({error}) => error.value).forEach(({retry}) => retry()));
    wasConnected = isConnected;
  });
}
