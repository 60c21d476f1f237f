import {createHash} from 'node:crypto';
import {readSync} from 'node:fs';
import {parentPort} from 'node:worker_threads';
import type {DigestJob} from './verified-files.js';
import type {LaneAnswer} from './worker-lane.js';

const block = new Uint8Array(1 << 20);

parentPort?.on('message', (job: DigestJob) => {
  let answer: LaneAnswer<string>;
  try {
    answer = {result: digest(job)};
  } catch (error) {
    answer = {error: error instanceof Error ? error.message : String(error)};
  }
  parentPort?.postMessage(answer);
});

/** SHA-256 of the first `size` bytes of a file that the other thread holds open. */
function digest({fd, size}: DigestJob): string {
  const hash = createHash('sha256');
  for (let at = 0; at < size;) {
    const read = readSync(fd, block, 0, Math.min(block.length, size - at), at);
    if (read === 0) break;
    hash.update(block.subarray(0, read));
    at += read;
  }
  return hash.digest('hex');
}
