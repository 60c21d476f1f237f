import type {ProbeData} from '../shared/recording/run-parts.js';
import type {LayerInfo, RunInfo} from '../shared/index.js';
import {elementCount} from '../shared/layer-size.js';
import type {ChannelMaps} from './activations-reader.js';
import {copyChannels} from './channel-major.js';
import {readExtents, readWhole, type Extent} from './file-reader.js';
import {inRun, PROBE_MANIFEST} from './layout.js';
import {assertLabels, assertProbeFits} from './limits.js';
import {MAX_MANIFEST_BYTES, parseProbeManifest, type ProbeFile} from './manifest.js';

/** A run folder, and what its `run.json` says. */
export interface RunFolder {
  dir: string;
  info: RunInfo;
}

/**
 * Reads the probe, or some of its samples; only their bytes are kept.
 *
 * @param indices - Sample indices, in the order wanted; default all.
 * @throws {RangeError} if an index is not in 0..samples-1.
 * @throws {RunFormatError} `damaged` if the probe is missing, changed, or not the run's.
 */
export async function readProbe(run: RunFolder, indices?: readonly number[]): Promise<ProbeData> {
  const file = await readProbeManifest(run);
  const {samples, labelsOffset} = file;
  const stretches = indices === undefined ? [{first: 0, count: samples}] : singles(indices, samples);
  const total = indices?.length ?? samples;
  const probe: ProbeData = {labels: new Int32Array(0), inputs: []};
  await readExtents(run.dir, file, () => {
    const inputs = file.inputs.map(({name, shape, valuesOffset}) => {
      const size = elementCount(shape);
      return {offset: valuesOffset, size, read: {name, shape, values: new Float32Array(total * size)}};
    });
    probe.labels = new Int32Array(total);
    probe.inputs = inputs.map(({read}) => read);
    const extents: Extent[] = [];
    let at = 0;
    for (const {first, count} of stretches) {
      extents.push({offset: labelsOffset + 4 * first, into: probe.labels.subarray(at, at + count)});
      for (const {offset, size, read} of inputs) {
        const into = read.values.subarray(at * size, (at + count) * size);
        extents.push({offset: offset + 4 * size * first, into});
      }
      at += count;
    }
    return extents;
  });
  assertLabels(run, probe.labels);
  return probe;
}

/** Class index of each sample. */
export async function readProbeLabels(run: RunFolder): Promise<Int32Array> {
  const file = await readProbeManifest(run);
  let labels = new Int32Array(0);
  await readExtents(run.dir, file, () => {
    labels = new Int32Array(file.samples);
    return [{offset: file.labelsOffset, into: labels}];
  });
  assertLabels(run, labels);
  return labels;
}

/**
 * The maps of an input of the model, from the probe.
 *
 * @param channels - Valid channel indices of `layer`.
 */
export async function readInputMaps(
  run: RunFolder,
  layer: LayerInfo,
  channels: number[],
): Promise<ChannelMaps> {
  const {labels, inputs} = await readProbe(run);
  const pixels = elementCount(layer.spatial);
  const size = labels.length * pixels;
  const source = inputs[layer.index]?.values ?? new Float32Array(0);
  const maps = new Float32Array(channels.length * size);
  const bits = new Uint32Array(source.buffer);
  const out = new Uint32Array(maps.buffer);
  for (const [i, first] of channels.entries()) {
    copyChannels(bits, {
      channels: layer.channels,
      first,
      count: 1,
      out: out.subarray(i * size, (i + 1) * size),
    });
  }
  return {channels, samples: labels.length, pixels, maps};
}

/** @throws {RunFormatError} `damaged` if it is missing, names bytes outside the file, or does not fit the run. */
export async function readProbeManifest({dir, info}: RunFolder): Promise<ProbeFile> {
  const path = inRun(dir, PROBE_MANIFEST);
  const {files} = parseProbeManifest(await readWhole(dir, PROBE_MANIFEST, MAX_MANIFEST_BYTES), path);
  assertProbeFits(files[0], info, path);
  return files[0];
}

function singles(indices: readonly number[], samples: number): {first: number; count: number}[] {
  return indices.map(first => {
    if (Number.isInteger(first) && first >= 0 && first < samples) return {first, count: 1};
    throw new RangeError(`The probe has samples 0..${samples - 1}, got ${first}.`);
  });
}
