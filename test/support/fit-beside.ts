import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import type {ExecutionContext} from 'ava';
import {cnnSlicer, type CnnSlicer} from 'cnnslicer';
import {openRun, verifyRun, type Run} from 'cnnslicer/store';
import {tinyCnn, tinyImages, tinyTensors} from './models.js';
import {temporaryFolder} from './temporary-folder.js';

/** A callback of tfjs' own two kinds. */
export type Peer = tf.Callback | tf.CustomCallback;

/** Positions of a peer in the list of callbacks. */
export const orders: Record<string, (slicer: CnnSlicer, peer: Peer) => Peer[]> = {
  'before it': (slicer, peer) => [peer, slicer],
  'after it': (slicer, peer) => [slicer, peer],
};

/** What a fit left behind. */
export interface FitBeside {
  run: Run;
  model: tf.Sequential;
  /** What `fit` itself reports, by epoch. */
  history: Record<string, number[]>;
}

/** Trains the tiny CNN, with validation data, under the callback and its peers in the order that `list` gives. */
export async function fitBeside(
  t: ExecutionContext,
  epochs: number,
  list: (slicer: CnnSlicer) => Peer[],
): Promise<FitBeside> {
  const model = tinyCnn(tf);
  const {xs, ys} = tinyTensors(tf, 24);
  const validation = tinyTensors(tf, 12);
  const dir = join(await temporaryFolder(t), 'run');
  const slicer = cnnSlicer(tf, dir, {probe: tinyImages(30), samples: 12, strict: true});
  const {history} = await model.fit(xs, ys, {
    epochs,
    validationData: [validation.xs, validation.ys],
    verbose: 0,
    callbacks: list(slicer),
  });
  await slicer.finished;
  tf.dispose([xs, ys, validation.xs, validation.ys]);
  return {run: await openRun(dir), model, history: history as Record<string, number[]>};
}

/** The run holds every epoch of the fit, each file as its checksum says, and the very numbers that `fit` reported. */
export async function assertWhole(t: ExecutionContext, {run, history}: FitBeside): Promise<void> {
  const epochs = history['loss']?.length ?? 0;
  t.deepEqual(
    await run.epochs(),
    Array.from({length: epochs + 1}, (_, epoch) => epoch),
  );
  t.is(run.info.status, 'finished');
  t.like(await verifyRun(run.dir), {ok: true, problems: []});
  const logs = await run.table('logs');
  for (const [name, values] of Object.entries(history)) {
    const logged = logs.filter(row => row.name === name).sort((a, b) => a.epoch - b.epoch);
    t.deepEqual(
      logged.map(({value}) => value),
      values,
      name,
    );
  }
}
