import {
  Field,
  FixedSizeList,
  Float32,
  Int32,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  Table,
  tableToIPC,
} from 'apache-arrow';
import {Router} from 'express';
import {z} from 'zod';
import type {ProbeData} from '../../store/index.js';
import {HttpError} from '../http-error.js';
import {parseInput} from '../parse-input.js';
import type {RunCatalogue} from '../run-catalogue.js';
import {runParameter} from './run-parameter.js';

const path = z.strictObject({run: runParameter});

const SAMPLE_RULE = 'must be probe samples by index, such as 0,4,9';
const query = z.strictObject({
  sample: z
    .string(SAMPLE_RULE)
    .regex(/^\d{1,9}(,\d{1,9})*$/, SAMPLE_RULE)
    .transform(text => text.split(',').map(Number)),
});

/** `/runs/:run/samples`: inputs and labels of probe samples, in the order asked for, as an Arrow stream. */
export function samplesRouter(catalogue: RunCatalogue): Router {
  const router = Router();
  router.get('/runs/:run/samples', async (request, response) => {
    const {run: id} = parseInput(path, request.params);
    const {sample: indices} = parseInput(query, request.query);
    const run = await catalogue.open(id);
    assertIndices(indices, run.info.probe.samples);
    const stream = samplesStream(indices, await run.probeSamples(indices));
    response
      .type('application/vnd.apache.arrow.stream')
      .send(Buffer.from(stream.buffer, stream.byteOffset, stream.length));
  });
  return router;
}

function assertIndices(indices: readonly number[], samples: number): void {
  const outside = indices.find(index => index >= samples);
  if (outside !== undefined) {
    throw new HttpError(
      404,
      'no-such-sample',
      `The probe has no sample ${outside}; its samples are 0..${samples - 1}.`,
    );
  }
  if (indices.length > samples) {
    throw new HttpError(
      400,
      'invalid-input',
      `sample: at most ${samples} (the whole probe), got ${indices.length}.`,
    );
  }
}

/** The (first) input of the model: one row a sample, `input` in row-major order, its shape in the field's metadata. */
function samplesStream(indices: readonly number[], {labels, inputs}: ProbeData): Uint8Array {
  const [input] = inputs;
  if (input === undefined) throw new HttpError(500, 'broken-run', 'The probe of this run holds no input.');
  const length = indices.length;
  const listType = new FixedSizeList(input.values.length / length, new Field('item', new Float32(), false));
  const metadata = new Map([
    ['name', input.name],
    ['shape', JSON.stringify(input.shape)],
  ]);
  const schema = new Schema([
    new Field('sample', new Int32(), false),
    new Field('label', new Int32(), false),
    new Field('input', listType, false, metadata),
  ]);
  const children = [
    makeData({type: new Int32(), data: Int32Array.from(indices)}),
    makeData({type: new Int32(), data: labels}),
    makeData({type: listType, length, child: makeData({type: new Float32(), data: input.values})}),
  ];
  const batch = new RecordBatch(schema, makeData({type: new Struct(schema.fields), length, children}));
  return tableToIPC(new Table([batch]), 'stream');
}
