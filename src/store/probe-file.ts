import {field, fixedSizeList, float32, int32} from '@uwdata/flechette';
import {assertLength, type RunInfo} from '../shared/index.js';
import type {ProbeData} from '../shared/recording/run-parts.js';
import {elementCount} from '../shared/layer-size.js';
import {fileLayout, paddedLength, type LaidBatch} from './arrow/file-layout.js';
import {batchOf} from './arrow/table-of.js';
import type {ProbeFile} from './manifest.js';
import {replaceFile} from './replace-file.js';

/**
 * Writes the probe as an Arrow file of one record batch: `sample` and `label` int32, and one fixed-size list
 * `input_<n>` for each input of the model, n its place on the L axis.
 *
 * @param path - Native path of the file.
 * @returns What the manifest says of the file, but for its path.
 * @throws {RangeError} if the probe does not fit `info`.
 */
export async function writeProbe(
  path: string,
  probe: ProbeData,
  info: RunInfo,
): Promise<Omit<ProbeFile, 'path'>> {
  assertProbeFits(probe, info);
  const samples = probe.labels.length;
  const inputs = probe.inputs.map(({name, shape, values}, i) => {
    const type = fixedSizeList(field('item', float32(), false), elementCount(shape));
    const metadata = new Map([
      ['name', name],
      ['shape', JSON.stringify(shape)],
    ]);
    const children = [batchOf(float32(), {length: values.length, values})];
    return {
      field: field(`input_${i}`, type, false, metadata),
      batch: batchOf(type, {length: samples, children}),
    };
  });
  const fields = [
    field('sample', int32(), false),
    field('label', int32(), false),
    ...inputs.map(input => input.field),
  ];
  const sample = Int32Array.from({length: samples}, (_, i) => i);
  const columns = [
    batchOf(int32(), {length: samples, values: sample}),
    batchOf(int32(), {length: samples, values: probe.labels}),
    ...inputs.map(input => input.batch),
  ];
  const {head, batches, tail} = fileLayout(fields, [columns]);
  const [batch] = batches as [LaidBatch];
  const digest = await replaceFile(path, append => append([...head, ...batch.chunks, ...tail]));
  const {offset, metadataBytes, bodyBytes} = batch.at;
  const end = offset + metadataBytes + bodyBytes;
  return {kind: 'probe', ...digest, samples, ...offsetsBefore(end, probe)};
}

/** Byte offsets of the values of each column, counted back from the end of the record batch. */
function offsetsBefore(end: number, {labels, inputs}: ProbeData): Pick<ProbeFile, 'labelsOffset' | 'inputs'> {
  let offset = end;
  const backwards = inputs
    .map(({name, shape, values}, i) => ({name, shape, column: `input_${i}`, bytes: values.byteLength}))
    .reverse()
    .map(({bytes, ...input}) => {
      offset -= paddedLength(bytes);
      return {...input, valuesOffset: offset};
    });
  return {inputs: backwards.reverse(), labelsOffset: offset - paddedLength(labels.byteLength)};
}

function assertProbeFits({labels, inputs}: ProbeData, info: RunInfo): void {
  const {samples} = info.probe;
  if (samples < 1) throw new RangeError('RunWriter.create: the probe must have at least one sample, got 0.');
  assertLength('RunWriter.create', 'probe.labels', labels, samples);
  assertLength('RunWriter.create', 'probe.inputs', inputs, info.inputs);
  for (const [i, {name, shape, values}] of inputs.entries()) {
    const layer = info.layers[i];
    const expected = layer === undefined ? 0 : elementCount(layer.spatial) * layer.channels;
    if (elementCount(shape) !== expected) {
      throw new RangeError(
        `RunWriter.create: probe input ${name} has shape [${shape.join(', ')}], ${elementCount(shape)} values a ` +
          `sample, but layer ${i} of the run has ${expected}.`,
      );
    }
    assertLength('RunWriter.create', `probe input ${name}`, values, samples * expected);
  }
}
