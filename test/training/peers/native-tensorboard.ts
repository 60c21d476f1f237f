import {readdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import protobuf from 'protobufjs';
import {assertWhole, fitBeside, orders} from '../../support/fit-beside.js';
import {nativeTensorBoard} from '../../support/native-tensorboard.js';
import {nativeTest} from '../../support/native-test.js';
import {readRecords, readScalars, type Scalar} from '../../support/read-events.js';
import {temporaryFolder} from '../../support/temporary-folder.js';

for (const [where, list] of Object.entries(orders)) {
  nativeTest(
    `tf.node.tensorBoard ${where} in the list draws the same curves from a separate folder`,
    async t => {
      const logdir = await temporaryFolder(t);
      const board = await nativeTensorBoard(logdir);
      const fit = await fitBeside(t, 3, slicer => list(slicer, board));
      await assertWhole(t, fit);
      for (const run of ['train', 'val']) {
        const theirs = await readSimpleValues(join(logdir, run));
        t.is(theirs.length, 6, 'loss and accuracy of three epochs');
        t.deepEqual(await readScalars(join(fit.run.dir, 'tensorboard', run)), theirs);
      }
    },
  );
}

/** Scalars in the older form, in which TensorFlow's C++ writes them. */
const eventType = protobuf
  .parse(
    `syntax = "proto3";
  message Event { int64 step = 2; Summary summary = 5; }
  message Summary { repeated Value value = 1; }
  message Value { string tag = 1; float simple_value = 2; }`,
  )
  .root.lookupType('Event');

async function readSimpleValues(dir: string): Promise<Scalar[]> {
  const [name] = await readdir(dir);
  const events = readRecords(await readFile(join(dir, name!))).map(
    record =>
      eventType.toObject(eventType.decode(record), {longs: Number, defaults: true}) as {
        step: number;
        summary: {value: {tag: string; simpleValue: number}[]} | null;
      },
  );
  return events.flatMap(({step, summary}) =>
    (summary?.value ?? []).map(({tag, simpleValue}): Scalar => [step, tag, simpleValue]),
  );
}
