import {readdir} from 'node:fs/promises';
import {join, relative, resolve, sep} from 'node:path';
import {isTableName, type RunInfo} from '../shared/index.js';
import {decodeTable} from './decode-table.js';
import {MAX_DERIVED_BYTES} from './derived-table.js';
import {checkedManifest} from './epoch-manifests.js';
import {findEpochFolders} from './epochs-on-disk.js';
import {systemErrorCode} from './file-error.js';
import {readUpTo, readWhole, type NamedFile} from './file-reader.js';
import {DERIVED_FOLDER, inRun, isTempFile, manifestPath, PROBE_MANIFEST, RUN_FILE} from './layout.js';
import {
  everyFile,
  MAX_MANIFEST_BYTES,
  parseProbeManifest,
  type EpochFile,
  type FailedPart,
  type OtherFile,
} from './manifest.js';
import {withFile, type OpenFile} from './open-file.js';
import {readProbeManifest} from './probe-reader.js';
import {RunFormatError} from './run-format-error.js';
import {openRun} from './run.js';
import {orDamaged} from './table-reader.js';
import {checkContent} from './verified-files.js';
import {derivedProblem, findDerived} from './verify-derived.js';

/** One thing that is wrong in a run folder, or left over in it. */
export interface VerifyProblem {
  /** `damage`: stored data is lost or changed. `leftover`: what a killed or a running writer leaves; harmless. */
  kind: 'damage' | 'leftover';
  /** The epoch it belongs to; `null` for the run as a whole. */
  epoch: number | null;
  /** Relative to the run folder, `/`-separated. */
  path: string;
  /** One line. */
  message: string;
}

/** What {@link verifyRun} found in a run folder. */
export interface VerifyReport {
  dir: string;
  /** No damage was found. */
  ok: boolean;
  /** Finished epochs whose every file is there with the right size and SHA-256, ascending. */
  intact: number[];
  /** Epochs with a damaged file or manifest, ascending. */
  damaged: number[];
  /** Parts of the epochs that could not be captured, by their manifests; not damage, as the files never existed. */
  failed: (FailedPart & {epoch: number})[];
  /** Epochs without a manifest: being written, or cut short. Ascending. */
  unfinished: number[];
  /** Files checked, and their bytes. */
  files: number;
  bytes: number;
  problems: VerifyProblem[];
}

/**
 * Checks every file of a run: `run.json`, the manifests and the derived tables against the checksums that they carry
 * (those of earlier versions have none), all others against the manifests: present, size, SHA-256. Reads all of the run
 * but its TensorBoard files.
 *
 * @throws {RunFormatError} `not-a-run` or `version`.
 */
export async function verifyRun(dir: string): Promise<VerifyReport> {
  const verification = new Verification(dir);
  await verification.run();
  return verification.report;
}

class Verification {
  readonly report: VerifyReport;
  readonly #dir: string;
  /** Contents of `run.json`; null if it is damaged. */
  #info: RunInfo | null = null;

  constructor(dir: string) {
    this.#dir = resolve(dir);
    const none = {intact: [], damaged: [], failed: [], unfinished: [], files: 0, bytes: 0, problems: []};
    this.report = {dir: this.#dir, ok: true, ...none};
  }

  async run(): Promise<void> {
    await this.#guard(null, RUN_FILE, async () => {
      this.#info = (await openRun(this.#dir)).info;
    });
    await this.#guard(null, PROBE_MANIFEST, () => this.#probe());
    for (const epoch of (await findEpochFolders(this.#dir)).keys()) await this.#epoch(epoch);
    await this.#guard(null, DERIVED_FOLDER, () => this.#derived());
    await this.#guard(null, '.', () => this.#tempFiles());
    this.report.ok = this.report.problems.every(problem => problem.kind !== 'damage');
  }

  async #probe(): Promise<void> {
    const bytes = await readWhole(this.#dir, PROBE_MANIFEST, MAX_MANIFEST_BYTES);
    const {files} = parseProbeManifest(bytes, inRun(this.#dir, PROBE_MANIFEST));
    if (this.#info !== null) await readProbeManifest({dir: this.#dir, info: this.#info});
    for (const file of files) await this.#file(null, file);
  }

  async #epoch(epoch: number): Promise<void> {
    const {problems, intact, damaged, unfinished} = this.report;
    const path = manifestPath(epoch);
    const native = inRun(this.#dir, path);
    const before = problems.length;
    await this.#guard(epoch, path, async () => {
      const bytes = await readWhole(this.#dir, path, MAX_MANIFEST_BYTES).catch((error: unknown) => {
        if (systemErrorCode((error as Error).cause) === 'ENOENT') return null;
        throw error;
      });
      if (bytes === null) {
        unfinished.push(epoch);
        problems.push({kind: 'leftover', epoch, path, message: `epoch ${epoch}: not finished (no manifest)`});
        return;
      }
      const manifest = checkedManifest(bytes, {native, epoch, info: this.#info});
      const {failed = []} = manifest;
      this.report.failed.push(...failed.map(part => ({epoch, ...part})));
      for (const file of everyFile(manifest)) await this.#file(epoch, file, open => decodable(open, file));
    });
    const found = problems.slice(before);
    if (found.length === 0) intact.push(epoch);
    else if (found.some(({kind}) => kind === 'damage')) damaged.push(epoch);
  }

  async #file(
    epoch: number | null,
    file: NamedFile,
    further?: (open: OpenFile) => Promise<void>,
  ): Promise<void> {
    await this.#guard(epoch, file.path, async () => {
      await withFile(this.#dir, file.path, async open => {
        this.report.files++;
        this.report.bytes += open.size;
        await checkContent(open, file);
        await further?.(open);
      });
    });
  }

  async #derived(): Promise<void> {
    const unchecked: string[] = [];
    for (const path of await findDerived(this.#dir)) {
      await this.#guard(null, path, async () => {
        const bytes = await readWhole(this.#dir, path, MAX_DERIVED_BYTES);
        this.report.files++;
        this.report.bytes += bytes.length;
        const problem = await derivedProblem(bytes);
        if (problem === 'damaged') throw new Error(`${path} is damaged: ${CHANGED}`);
        if (problem === 'unchecked') unchecked.push(path);
      });
    }
    const [first] = unchecked;
    if (first === undefined) return;
    const others = unchecked.length > 1 ? ` (and ${unchecked.length - 1} more derived files)` : '';
    this.#leftover(first, `has no checksum${others}: not used, but recomputed`);
  }

  async #tempFiles(): Promise<void> {
    const entries = await readdir(this.#dir, {recursive: true, withFileTypes: true});
    const paths = entries
      .filter(entry => entry.isFile() && isTempFile(entry.name))
      .map(entry => relative(this.#dir, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
    for (const path of paths.sort()) this.#leftover(path, 'temp file of a write cut short');
  }

  #leftover(path: string, what: string): void {
    this.report.problems.push({kind: 'leftover', epoch: null, path, message: `${path}: ${what}`});
  }

  /** Checks something that `path` names; a failure is damage of it. */
  async #guard(epoch: number | null, path: string, check: () => Promise<void>): Promise<void> {
    try {
      await check();
    } catch (error) {
      if (error instanceof RunFormatError && error.code !== 'damaged') throw error;
      const reason = error instanceof Error ? error.message : String(error);
      const text = reason.replaceAll(this.#dir + sep, '');
      const message = text.startsWith(`${path} `) ? text : `${path}: ${text}`;
      this.report.problems.push({kind: 'damage', epoch, path, message});
    }
  }
}

const CHANGED =
  'its content has changed (its checksum differs). Delete it; it is computed again when asked for.';

/** A table with the right checksum may still be unreadable. */
async function decodable(open: OpenFile, file: EpochFile | OtherFile): Promise<void> {
  if (file.kind !== 'table' || !('table' in file) || !isTableName(file.table)) return;
  const {table, rows} = file;
  const bytes = await readUpTo(open, file.bytes);
  await orDamaged(open.native, () => decodeTable(table, bytes, rows));
}
