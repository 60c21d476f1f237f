import {startServer, type RunningServer, type ServerOptions} from '../../server/index.js';
import {startProjector} from './projector.js';

/** The server as the commands start it: with a process that projects channels back to the input. */
export async function serve(options: Omit<ServerOptions, 'project'>): Promise<RunningServer> {
  const {project, close} = startProjector();
  const server = await startServer({...options, project});
  return {
    ...server,
    close: async () => {
      close();
      await server.close();
    },
  };
}
