import {parentPort, workerData} from 'node:worker_threads';
import {startServer} from '../../server/index.js';

const {logdir, port} = workerData as {logdir: string; port: number};
const {url} = await startServer({logdir, port});
parentPort?.postMessage(url);
