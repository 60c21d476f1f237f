/**
 * A separate process for tests that kill it or take its rights away:
 *
 *   node run-folder-child.js write DIR E     resumes from epoch E until killed; prints `ready`, then each epoch
 *   node run-folder-child.js try DIR BYTES   writes epochs of that many bytes until an error; prints it as JSON
 *   node run-folder-child.js unprivileged DIR  the same without the rights of root
 *   node run-folder-child.js start DIR       writes a run of three epochs, prints the folder it went to
 *   node run-folder-child.js verify DIR       prints the report as JSON
 *   node run-folder-child.js count DIR ...   reads channels of layer 1 at epoch 0; prints the bytes that it read
 */
import {readFileSync} from 'node:fs';
import {openRun, RunWriter, verifyRun} from 'cnnslicer/store';
import type {LayerInfo} from '#src/shared/index.js';
import {CONV, continuedFrom, DENSE, INPUT, probeData, randomFloats, runInfo} from './run-folder.js';
import {writeRun} from './written-run.js';

const [, , mode, dir = '', ...rest] = process.argv;
if (mode === 'write') await writeUntilKilled(dir, Number(rest[0]));
else if (mode === 'start') {
  const writer = await writeRun(dir);
  await writer.close('finished');
  console.log(writer.dir);
} else if (mode === 'try') await writeUntilError(dir, Number(rest[0]));
else if (mode === 'unprivileged') {
  process.setuid?.(65534);
  await writeUntilError(dir, 1 << 16);
} else if (mode === 'verify') console.log(JSON.stringify(await verifyRun(dir)));
else await countBytes(dir, rest.map(Number));

async function writeUntilKilled(folder: string, from: number): Promise<void> {
  console.log('ready');
  const existing = from === 0 ? 'overwrite' : 'resume';
  const writer = await RunWriter.create(folder, continuedFrom(from), probeData(), {existing});
  const {epoch, captured} = writer.start;
  for (let t = captured ? epoch + 1 : epoch; ; t++) {
    const epoch = await writer.epoch(t);
    await epoch.activations(CONV, randomFloats(6 * 15 * 7, t), 6);
    await epoch.activations(DENSE, randomFloats(6 * 10, t), 6);
    await epoch.weights([{name: 'kernel', shape: [90], dtype: 'float32', values: randomFloats(90, t)}]);
    await epoch.table('logs', [{epoch: t, name: 'loss', value: 1 / (t + 1)}]);
    await epoch.commit();
    console.log(String(t));
  }
}

async function writeUntilError(folder: string, bytes: number): Promise<void> {
  const channels = 4;
  const layer: LayerInfo = {...CONV, spatial: [bytes / 4 / channels], channels};
  try {
    const writer = await RunWriter.create(folder, runInfo({layers: [INPUT, layer]}), probeData());
    for (let t = 0; ; t++) {
      const epoch = await writer.epoch(t);
      await epoch.activations(layer, randomFloats(bytes / 4, t), 1);
      await epoch.commit();
    }
  } catch (error) {
    const epochs = await openRun(folder).then(
      run => run.epochs(),
      () => [],
    );
    const {message, cause} = error as Error;
    console.log(JSON.stringify({message, code: (cause as NodeJS.ErrnoException).code, epochs}));
  }
}

async function countBytes(folder: string, channels: number[]): Promise<void> {
  const run = await openRun(folder);
  await run.activations(0, 1, {channels: []}); // the whole file is checked once
  const before = bytesRead();
  await run.activations(0, 1, {channels});
  console.log(bytesRead() - before);
}

/** Bytes that this process has read by system calls (Linux). */
function bytesRead(): number {
  const line = /^rchar: (\d+)$/m.exec(readFileSync('/proc/self/io', 'utf8'));
  return Number(line?.[1]);
}
