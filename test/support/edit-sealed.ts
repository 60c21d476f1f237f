import {readFile, writeFile} from 'node:fs/promises';
import {sealedJson} from '#src/store/seal.js';

/** Changes a JSON file of a run and gives it the right checksum, as a hostile or a later writer would. */
export async function editSealed<T extends object>(
  path: string,
  edit: (content: T) => T | void,
): Promise<void> {
  const content = JSON.parse(await readFile(path, 'utf8')) as T & {sha256?: string};
  delete content.sha256;
  await writeFile(path, sealedJson(edit(content) ?? content));
}
