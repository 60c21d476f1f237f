import {Router} from 'express';
import {relative} from 'node:path';
import {realpath} from 'node:fs/promises';
import {containedPath} from '../contained-path.js';
import {HttpError} from '../http-error.js';

/** What Vite names by its content: such a file never changes. */
const HASHED = /^assets\/.+-[\w-]{8}\.\w+$/;

/**
 * The built viewer: its page at `/`, and its files.
 *
 * @param viewerDir - The folder with `index.html`.
 */
export function viewerRouter(viewerDir: string): Router {
  const router = Router();
  router.get('/{*path}', async (request, response) => {
    const path = request.path === '/' ? 'index.html' : decodeURIComponent(request.path.slice(1));
    const file = await viewerFile(viewerDir, path);
    const cacheControl = HASHED.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache';
    // `send` sets its own Cache-Control unless there is one; relative to a root, or it refuses dotted parent folders.
    response.set('Cache-Control', cacheControl);
    const root = await realpath(viewerDir);
    response.sendFile(relative(root, file), {root});
  });
  return router;
}

async function viewerFile(viewerDir: string, path: string): Promise<string> {
  try {
    return await containedPath(viewerDir, path);
  } catch (error) {
    if (!(error instanceof HttpError) || error.status !== 404) throw error;
    const message =
      path === 'index.html'
        ? `The viewer is not built: there is no index.html in ${viewerDir}. Run "npm run build".`
        : `There is no page ${JSON.stringify(`/${path}`)}; the viewer is at /.`;
    throw new HttpError(404, 'not-found', message, {cause: error});
  }
}
