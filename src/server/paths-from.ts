import {realpathSync} from 'node:fs';
import {resolve, sep} from 'node:path';

/**
 * Makes paths below a folder relative to it, so that a message reveals nothing about the machine.
 *
 * @param name - Stands for the folder itself.
 */
export function pathsFrom(folder: string, name: string): (message: string) => string {
  return message => {
    const roots = new Set([resolve(folder), realPath(folder)]);
    let shown = message;
    for (const root of roots) {
      if (root !== sep) shown = shown.replaceAll(root + sep, '').replaceAll(root, name);
    }
    return shown;
  };
}

function realPath(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return resolve(folder); // it may come to be later
  }
}
