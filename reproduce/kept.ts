import {createHash} from 'node:crypto';
import {existsSync} from 'node:fs';
import {mkdir, readFile, rename, writeFile} from 'node:fs/promises';
import {join} from 'node:path';

/** Results that took long, kept in a folder under everything that they depend on. */
export class Kept {
  constructor(readonly folder: string) {}

  /**
   * Does the work, or takes what an earlier time found for the same key.
   *
   * @param name - Begins the file's name.
   * @param key - All that the result depends on; becomes JSON.
   */
  async once<T>(name: string, key: unknown, work: () => Promise<T>): Promise<[result: T, 'done' | 'kept']> {
    const digest = createHash('sha256').update(JSON.stringify(key)).digest('hex').slice(0, 16);
    const file = join(this.folder, `${name}-${digest}.json`);
    if (existsSync(file)) return [JSON.parse(await readFile(file, 'utf8')) as T, 'kept'];
    const result = await work();
    await mkdir(this.folder, {recursive: true});
    // Under its name only when whole: a kill must not leave half of it.
    await writeFile(`${file}.part`, JSON.stringify(result));
    await rename(`${file}.part`, file);
    return [result, 'done'];
  }
}
