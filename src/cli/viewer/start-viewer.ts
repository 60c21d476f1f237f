import {once} from 'node:events';
import {Worker} from 'node:worker_threads';

export interface Viewer {
  url: string;
  close(): Promise<void>;
}

/** Starts the viewer's server in a separate thread, so that pages stay quick while the main thread trains. */
export async function startViewer(logdir: string, port: number): Promise<Viewer> {
  const thread = new Worker(new URL('../../bundled/server-thread.js', import.meta.url), {
    execArgv: [],
    workerData: {logdir, port},
  });
  const [url] = (await once(thread, 'message')) as [string];
  return {
    url,
    close: async () => {
      await thread.terminate();
    },
  };
}
