import {mkdir, readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import test, {type ExecutionContext} from 'ava';
import {modelAt} from 'cnnslicer';
import {assertWhole, fitBeside, orders, type FitBeside} from '../../support/fit-beside.js';
import {tinyTensors} from '../../support/models.js';
import {ModelCheckpoint} from '../../support/model-checkpoint.js';
import {loadNative} from '../../support/native.js';
import {nativeTest} from '../../support/native-test.js';
import {temporaryFolder} from '../../support/temporary-folder.js';

/** The saved model answers as the run's model of the best epoch does. */
async function assertSavedBest(
  t: ExecutionContext,
  fit: FitBeside,
  {saved}: ModelCheckpoint,
  source: string | tf.io.IOHandler,
): Promise<void> {
  const losses = fit.history['val_loss']!;
  t.is(saved.at(-1), 1 + losses.indexOf(Math.min(...losses)));
  await assertWhole(t, fit);
  const [kept, captured] = [await tf.loadLayersModel(source), await modelAt(tf, fit.run, saved.at(-1)!)];
  const {xs, ys} = tinyTensors(tf, 24);
  const answers = [kept, captured].map(model =>
    tf.tidy(() => (model.predict(xs) as tf.Tensor).dataSync().slice()),
  );
  t.deepEqual(answers[0], answers[1]);
  tf.dispose([xs, ys]);
}

/** Saves into a folder, as the pure backends have no file system. */
function folderHandler(folder: string): tf.io.IOHandler {
  return {
    async save({weightData, ...model}) {
      await mkdir(folder, {recursive: true});
      await writeFile(join(folder, 'model.json'), JSON.stringify(model));
      await writeFile(join(folder, 'weights.bin'), Buffer.from(weightData as ArrayBuffer));
      return {modelArtifactsInfo: {dateSaved: new Date(), modelTopologyType: 'JSON'}};
    },
    async load() {
      const model = JSON.parse(await readFile(join(folder, 'model.json'), 'utf8')) as tf.io.ModelArtifacts;
      const {buffer} = Uint8Array.from(await readFile(join(folder, 'weights.bin')));
      return {...model, weightData: buffer};
    },
  };
}

for (const [where, list] of Object.entries(orders)) {
  test.serial(`a checkpoint ${where} in the list saves the best model through its own handler`, async t => {
    const handler = folderHandler(join(await temporaryFolder(t), 'best'));
    const checkpoint = new ModelCheckpoint(handler);
    const fit = await fitBeside(t, 4, slicer => list(slicer, checkpoint));
    await assertSavedBest(t, fit, checkpoint, handler);
  });

  nativeTest(`a checkpoint ${where} in the list saves the best model to file:// on native`, async t => {
    await loadNative();
    await tf.setBackend('tensorflow');
    const url = `file://${await temporaryFolder(t)}`;
    const checkpoint = new ModelCheckpoint(url);
    const fit = await fitBeside(t, 4, slicer => list(slicer, checkpoint));
    await assertSavedBest(t, fit, checkpoint, `${url}/model.json`);
  });
}
