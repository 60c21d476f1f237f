import {parentPort, workerData} from 'node:worker_threads';
import {serve} from './serve.js';

const {logdir, port} = workerData as {logdir: string; port: number};
const {url} = await serve({logdir, port});
parentPort?.postMessage(url);
