import type {LayerInfo} from '../shared/index.js';
import {pixelCount} from './activations-file.js';
import type {ChannelMaps} from './activations-reader.js';
import {copyChannels} from './channel-major.js';
import {readExtents, readText, type Extent} from './file-reader.js';
import {inRun, PROBE_MANIFEST} from './layout.js';
import {parseProbeManifest, type ProbeFile} from './manifest.js';
import type {ProbeData} from './probe-file.js';
import {RunFormatError} from './run-format-error.js';

/**
 * Reads the probe, or some of its samples; only their bytes are read.
 *
 * @param root - The run folder.
 * @param indices - Sample indices, in the order wanted; default all.
 * @throws {RangeError} if an index is not in 0..samples-1.
 * @throws {RunFormatError} `damaged` if the probe is missing or too short.
 */
export async function readProbe(root: string, indices?: readonly number[]): Promise<ProbeData> {
  const file = await readProbeManifest(root);
  const {samples, labelsOffset} = file;
  const stretches = indices === undefined ? [{first: 0, count: samples}] : singles(indices, samples);
  const total = indices?.length ?? samples;
  const labels = new Int32Array(total);
  const inputs = file.inputs.map(({name, shape}) => ({
    name,
    shape,
    values: new Float32Array(total * pixelCount(shape)),
  }));
  const extents: Extent[] = [];
  let at = 0;
  for (const {first, count} of stretches) {
    extents.push({offset: labelsOffset + 4 * first, into: labels.subarray(at, at + count)});
    for (const [i, {values, shape}] of inputs.entries()) {
      const size = pixelCount(shape);
      const offset = (file.inputs[i]?.valuesOffset ?? 0) + 4 * size * first;
      extents.push({offset, into: values.subarray(at * size, (at + count) * size)});
    }
    at += count;
  }
  await readExtents(root, file.path, extents);
  return {labels, inputs};
}

/** Class index of each sample. */
export async function readProbeLabels(root: string): Promise<Int32Array> {
  const {path, samples, labelsOffset} = await readProbeManifest(root);
  const labels = new Int32Array(samples);
  await readExtents(root, path, [{offset: labelsOffset, into: labels}]);
  return labels;
}

/**
 * The maps of an input of the model, from the probe.
 *
 * @param channels - Valid channel indices of `layer`.
 */
export async function readInputMaps(
  root: string,
  layer: LayerInfo,
  channels: number[],
): Promise<ChannelMaps> {
  const {labels, inputs} = await readProbe(root);
  const pixels = pixelCount(layer.spatial);
  const size = labels.length * pixels;
  const source = inputs[layer.index]?.values;
  if (source?.length !== size * layer.channels) {
    throw new RunFormatError(
      'damaged',
      `The probe in ${root} does not fit layer ${layer.name} of its run.json.`,
    );
  }
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

/** @throws {RunFormatError} `damaged` if it is missing, or names bytes outside the file. */
export async function readProbeManifest(root: string): Promise<ProbeFile> {
  const {files} = parseProbeManifest(await readText(root, PROBE_MANIFEST), inRun(root, PROBE_MANIFEST));
  const file = files[0];
  const {samples, bytes, labelsOffset, inputs} = file;
  const fits =
    labelsOffset + 4 * samples <= bytes &&
    inputs.every(({shape, valuesOffset}) => valuesOffset + 4 * samples * pixelCount(shape) <= bytes);
  if (fits) return file;
  throw new RunFormatError(
    'damaged',
    `The manifest of ${file.path} in ${root} is damaged: offsets are outside the file.`,
  );
}

function singles(indices: readonly number[], samples: number): {first: number; count: number}[] {
  return indices.map(first => {
    if (Number.isInteger(first) && first >= 0 && first < samples) return {first, count: 1};
    throw new RangeError(`The probe has samples 0..${samples - 1}, got ${first}.`);
  });
}
