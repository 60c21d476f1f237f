import {relative} from 'node:path';
import {fileURLToPath} from 'node:url';

/** Returns where a page of this package's docs is, as its reader can open it: from the working folder where it is below. */
export function documentPath(page: string): string {
  const path = fileURLToPath(new URL(`../../docs/${page}`, import.meta.url));
  const near = relative(process.cwd(), path);
  return near.startsWith('..') ? path : near;
}
