import test from 'ava';
import {canMount, withSmallDisk} from '../support/small-disk.js';
import {temporaryFolder} from '../support/temporary-folder.js';

/**
 * Trains with the callback on a disk that soon is full, and without; prints what the run then is, and whether the
 * weights are the same. `where` is what lies on the small disk.
 */
const script = (options: string) => `
  import {join} from 'node:path';
  import * as tf from '@tensorflow/tfjs';
  import {cnnSlicer} from 'cnnslicer';
  import {openRun, verifyRun} from 'cnnslicer/store';
  const [, small, large] = process.argv;
  const train = async callbacks => {
    const kernelInitializer = tf.initializers.glorotUniform({seed: 5});
    const model = tf.sequential({layers: [
      tf.layers.conv2d({inputShape: [16, 16, 1], filters: 8, kernelSize: 3, kernelInitializer}),
      tf.layers.flatten(), tf.layers.dense({units: 2, activation: 'softmax', kernelInitializer})]});
    model.compile({optimizer: 'sgd', loss: 'categoricalCrossentropy'});
    const xs = tf.randomUniform([16, 16, 16, 1], 0, 1, 'float32', 3);
    const ys = tf.oneHot(tf.range(0, 16, 1, 'int32').mod(tf.scalar(2, 'int32')), 2).toFloat();
    const slicer = callbacks && cnnSlicer(tf, callbacks.dir, {probe: {xs, labels: ys}, ...callbacks.options});
    let thrown = null;
    await model.fit(xs, ys, {epochs: 8, verbose: 0, shuffle: false, callbacks: slicer ?? []})
      .catch(error => { thrown = error.message; });
    const finished = await slicer?.finished.then(() => null, error => error.message);
    return {weights: model.getWeights().map(weight => [...weight.dataSync()].join()).join(), thrown, finished};
  };
  const without = await train(null);
  const said = [];
  console.warn = line => said.push(line);
  const {dir, ...options} = ${options};
  const {weights, thrown, finished} = await train({dir, options});
  const run = await openRun(dir);
  const {ok, problems} = await verifyRun(dir);
  console.log(JSON.stringify({
    same: weights === without.weights, thrown, finished, said, ok, problems, status: run.info.status,
    epochs: await run.epochs(),
  }));
`;

interface Outcome {
  same: boolean;
  thrown: string | null;
  finished: string | null;
  said: string[];
  ok: boolean;
  problems: unknown[];
  status: string;
  epochs: number[];
}

/** Said before anything is written. */
const SHORT_OF_ROOM = /: an epoch takes .+; only \d+ kB of disk are free; dtype: 'float16' halves it\.$/;

const diskTest = (await canMount()) ? test : test.skip;

async function outcome(small: string, size: string, large: string, options: string): Promise<Outcome> {
  const command = '"$2" --input-type=module -e "$3" "$1" "$4"';
  const {stdout} = await withSmallDisk(small, size, command, script(options), large);
  return JSON.parse(stdout.slice(stdout.indexOf('{"same"'))) as Outcome;
}

diskTest(
  'a disk that gets full costs what no longer fits on it, and is reported before anything of an epoch is written [needs unshare and tmpfs]',
  async t => {
    const [small, large] = [await temporaryFolder(t), await temporaryFolder(t)];
    const {same, said, ok, problems, status, epochs} = await outcome(
      small,
      '900k',
      large,
      "{dir: join(small, 'run'), tensorboard: false}",
    );
    t.true(same);
    t.true(ok, JSON.stringify(problems));
    t.true(epochs.length > 2, String(epochs));
    t.true(said.length >= 2 && said.length <= 3, said.join('\n'));
    t.regex(said.shift()!, SHORT_OF_ROOM);
    for (const line of said)
      t.regex(line, /: the epoch takes \d+ kB of disk, and \S+ kB are free\. All else is kept; /);
    t.is(status, 'finished');
  },
);

diskTest(
  'with strict a disk without room for an epoch throws, and finished rejects with the same [needs unshare and tmpfs]',
  async t => {
    const [small, large] = [await temporaryFolder(t), await temporaryFolder(t)];
    const options = "{dir: join(small, 'run'), tensorboard: false, strict: true}";
    const {thrown, finished, said, status} = await outcome(small, '900k', large, options);
    t.regex(String(thrown), /the epoch takes \d+ kB of disk, and \d+ kB are free/);
    t.is(finished, thrown);
    t.is(said.length, 1);
    t.regex(said[0]!, SHORT_OF_ROOM);
    t.is(status, 'failed');
  },
);

diskTest("a full disk of TensorBoard's costs TensorBoard's part alone [needs unshare and tmpfs]", async t => {
  const [small, large] = [await temporaryFolder(t), await temporaryFolder(t)];
  const options = "{dir: join(large, 'run'), tensorboard: small}";
  const {same, said, ok, status, epochs} = await outcome(small, '50k', large, options);
  t.true(same && ok);
  t.deepEqual(epochs, [0, 1, 2, 3, 4, 5, 6, 7, 8]);
  t.is(status, 'finished');
  t.is(said.length, 1, said.join('\n'));
  t.regex(
    said[0]!,
    /events for TensorBoard could not be written: Cannot write \S+: the disk is full\..+\(ENOSPC\)\. All else is kept; tensorboard: false writes none\.$/,
  );
});
