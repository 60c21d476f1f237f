import type {ProbeData} from '../shared/recording/run-parts.js';
import {
  Field,
  FixedSizeList,
  Float32,
  Int32,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  type Data,
} from 'apache-arrow';
import {assertLength, type RunInfo} from '../shared/index.js';
import {pixelCount} from './activations-file.js';
import {ArrowFileWriter} from './arrow-file-writer.js';
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
    const type = new FixedSizeList(pixelCount(shape), new Field('item', new Float32(), false));
    const child = makeData({type: new Float32(), data: values});
    return {name, shape, column: `input_${i}`, type, data: makeData({type, length: samples, child})};
  });
  const schema = new Schema([
    new Field('sample', new Int32(), false),
    new Field('label', new Int32(), false),
    ...inputs.map(
      ({name, shape, column, type}) =>
        new Field(
          column,
          type,
          false,
          new Map([
            ['name', name],
            ['shape', JSON.stringify(shape)],
          ]),
        ),
    ),
  ]);
  const columns: Data[] = [
    makeData({type: new Int32(), data: Int32Array.from({length: samples}, (_, i) => i)}),
    makeData({type: new Int32(), data: probe.labels}),
    ...inputs.map(input => input.data),
  ];
  const batch = new RecordBatch(
    schema,
    makeData({type: new Struct(schema.fields), length: samples, children: columns}),
  );
  let end = 0;
  const digest = await replaceFile(path, async append => {
    const writer = new ArrowFileWriter(append);
    const {offset, metadataBytes, bodyBytes} = writer.add(batch);
    end = offset + metadataBytes + bodyBytes;
    await writer.end();
  });
  return {kind: 'probe', ...digest, samples, ...offsetsBefore(end, probe)};
}

/** Byte offsets of the values of each column, counted back from the end of the record batch. */
function offsetsBefore(end: number, {labels, inputs}: ProbeData): Pick<ProbeFile, 'labelsOffset' | 'inputs'> {
  let offset = end;
  const backwards = inputs
    .map(({name, shape, values}, i) => ({name, shape, column: `input_${i}`, bytes: values.byteLength}))
    .reverse()
    .map(({bytes, ...input}) => {
      offset -= Math.ceil(bytes / 8) * 8;
      return {...input, valuesOffset: offset};
    });
  return {inputs: backwards.reverse(), labelsOffset: offset - Math.ceil(labels.byteLength / 8) * 8};
}

function assertProbeFits({labels, inputs}: ProbeData, info: RunInfo): void {
  const {samples} = info.probe;
  if (samples < 1) throw new RangeError('RunWriter.create: the probe must have at least one sample, got 0.');
  assertLength('RunWriter.create', 'probe.labels', labels, samples);
  assertLength('RunWriter.create', 'probe.inputs', inputs, info.inputs);
  for (const [i, {name, shape, values}] of inputs.entries()) {
    const layer = info.layers[i];
    const expected = layer === undefined ? 0 : pixelCount(layer.spatial) * layer.channels;
    if (pixelCount(shape) !== expected) {
      throw new RangeError(
        `RunWriter.create: probe input ${name} has shape [${shape.join(', ')}], ${pixelCount(shape)} values a ` +
          `sample, but layer ${i} of the run has ${expected}.`,
      );
    }
    assertLength('RunWriter.create', `probe input ${name}`, values, samples * expected);
  }
}
