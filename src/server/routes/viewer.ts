import {Router} from 'express';
import {realpath} from 'node:fs/promises';
import {posix, relative} from 'node:path';
import {containedPath, NotContainedError} from '../../store/index.js';
import {HttpError} from '../http-error.js';

/** Matches files that Vite names by their content: they never change. */
const HASHED = /^assets\/.+-[\w-]{8}\.\w+$/;

/**
 * The built viewer: its page at `/`, and its files.
 *
 * @param viewerDir - The folder with `index.html`.
 */
export function viewerRouter(viewerDir: string): Router {
  const router = Router();
  router.get('/{*path}', async (request, response) => {
    // Express has refused a path that does not decode.
    const path = request.path === '/' ? 'index.html' : decodeURIComponent(request.path.slice(1));
    const file = await viewerFile(viewerDir, path);
    response.set('Cache-Control', HASHED.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache');
    // Given relative to a root, for the sender refuses paths with a dotted folder, which may well lie above the root.
    const root = await realpath(viewerDir);
    response.sendFile(relative(root, file), {root});
  });
  return router;
}

async function viewerFile(viewerDir: string, path: string): Promise<string> {
  // A NUL would cut the path short in the kernel, after the check.
  if (path.includes('\0')) throw new HttpError(400, 'invalid-input', 'A path holds no NUL character.');
  const plain = posix.normalize(path).replaceAll(/^\/+|\/+$/g, '');
  if (plain === '.') throw noPage(path); // a spelling of the folder itself
  try {
    return await containedPath(viewerDir, plain);
  } catch (error) {
    if (!(error instanceof NotContainedError)) throw error;
    if (error.why === 'outside') {
      throw new HttpError(403, 'outside', `${JSON.stringify(path)} leads out of the served folder.`);
    }
    const message =
      path === 'index.html'
        ? 'The viewer is not built: its folder has no index.html. Run "npm run build".'
        : noPage(path).message;
    throw new HttpError(404, 'not-found', message, {cause: error});
  }
}

function noPage(path: string): HttpError {
  return new HttpError(
    404,
    'not-found',
    `There is no page ${JSON.stringify(`/${path}`)}; the viewer is at /.`,
  );
}
