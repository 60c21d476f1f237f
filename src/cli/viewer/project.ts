import {serialize} from 'node:v8';
import {deconvnet, modelAt, probeTensors} from '../../callback/index.js';
import {answerQuestions} from '../../processes/index.js';
import type {ProjectedSamples, ProjectionRequest} from '../../server/index.js';
import {openRun} from '../../store/index.js';
import type {LayersModel} from '@tensorflow/tfjs';
import {loadTensorFlow} from '../backend.js';

const loaded = loadTensorFlow('wasm');

/** The model of the last request: people look at one epoch for a while. */
let current: {key: string; model: LayersModel} | undefined;

answerQuestions<ProjectionRequest>(async function* (request) {
  yield serialize(await project(request));
});

/** Projects to the first input of the model only. */
async function project(request: ProjectionRequest): Promise<ProjectedSamples> {
  const {dir, epoch, layer, channel, samples} = request;
  const tf = await loaded;
  const run = await openRun(dir);
  const model = await modelOf(`${dir} ${epoch} ${await run.fingerprint(epoch, [layer])}`, () =>
    modelAt(tf, run, epoch),
  );
  const xs = await probeTensors(tf, run, model, samples);
  try {
    const {maps, mapShape, inputs: projected} = await deconvnet(tf, model, xs, {layer, channels: [channel]});
    const [first] = projected;
    if (first === undefined) throw new Error(`Layer ${layer} does not depend on any input of the model.`);
    return {projections: first.values, inputShape: first.shape, maps, mapShape};
  } finally {
    tf.dispose(xs);
  }
}

async function modelOf(key: string, make: () => Promise<LayersModel>): Promise<LayersModel> {
  if (current?.key === key) return current.model;
  current?.model.dispose();
  current = undefined;
  current = {key, model: await make()};
  return current.model;
}
