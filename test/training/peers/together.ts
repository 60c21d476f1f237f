import {existsSync} from 'node:fs';
import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import {assertWhole, fitBeside, type Peer} from '../../support/fit-beside.js';
import {ModelCheckpoint} from '../../support/model-checkpoint.js';
import {nativeTensorBoard} from '../../support/native-tensorboard.js';
import {nativeTest} from '../../support/native-test.js';
import {temporaryFolder} from '../../support/temporary-folder.js';

const orders: Record<string, (list: Peer[]) => Peer[]> = {
  "in README's order": list => list,
  'in the order turned around': list => list.toReversed(),
};

for (const [title, ordered] of Object.entries(orders)) {
  nativeTest(`all in one list ${title}: each does its work, and the fit stops where it should`, async t => {
    const [logdir, best] = [await temporaryFolder(t), await temporaryFolder(t)];
    const board = await nativeTensorBoard(logdir);
    const checkpoint = new ModelCheckpoint(`file://${best}`);
    const seen: number[] = [];
    const fit = await fitBeside(t, 50, slicer =>
      ordered([
        slicer,
        tf.callbacks.earlyStopping({monitor: 'val_loss', minDelta: 1000, patience: 2}),
        board,
        checkpoint,
        new tf.CustomCallback({onEpochEnd: epoch => void seen.push(epoch + 1)}),
      ]),
    );
    await assertWhole(t, fit);
    t.deepEqual(await fit.run.epochs(), [0, 1, 2, 3]);
    t.deepEqual(seen, [1, 2, 3]);
    t.true(checkpoint.saved.length > 0 && existsSync(join(best, 'model.json')));
    t.true(existsSync(join(logdir, 'train')) && existsSync(join(logdir, 'val')));
  });
}
