import {createHash} from 'node:crypto';
import {createReadStream} from 'node:fs';
import {readdir, stat} from 'node:fs/promises';
import {join, relative} from 'node:path';
import {containedPath} from './contained-path.js';
import {findEpochFolders} from './epochs-on-disk.js';
import {systemErrorCode} from './file-error.js';
import {readText} from './file-reader.js';
import {inRun, isTempFile, manifestPath, PROBE_MANIFEST} from './layout.js';
import {parseEpochManifest} from './manifest.js';
import {readProbeManifest} from './probe-reader.js';
import type {FileDigest} from './replace-file.js';
import {openRun, type Run} from './run.js';

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

export interface VerifyReport {
  dir: string;
  /** No damage was found. */
  ok: boolean;
  /** Finished epochs whose every file is there with the right size and SHA-256, ascending. */
  intact: number[];
  /** Epochs without a manifest: being written, or cut short. Ascending. */
  unfinished: number[];
  /** Files checked, and their bytes. */
  files: number;
  bytes: number;
  problems: VerifyProblem[];
}

/**
 * Checks every file of a run against the manifests: present, size, SHA-256. Reads all of the run.
 *
 * @throws {RunFormatError} if `run.json` itself is missing, damaged or of another version.
 */
export async function verifyRun(dir: string): Promise<VerifyReport> {
  const run = await openRun(dir);
  const report: VerifyReport = {
    dir: run.dir,
    ok: true,
    intact: [],
    unfinished: [],
    files: 0,
    bytes: 0,
    problems: [],
  };
  await verifyProbe(run, report);
  for (const epoch of (await findEpochFolders(run.dir)).keys()) await verifyEpoch(run, epoch, report);
  for (const path of await tempFiles(run.dir)) {
    report.problems.push({
      kind: 'leftover',
      epoch: null,
      path,
      message: `${path}: temp file of a write cut short`,
    });
  }
  report.ok = report.problems.every(problem => problem.kind !== 'damage');
  return report;
}

async function verifyProbe(run: Run, report: VerifyReport): Promise<void> {
  try {
    await verifyFile(run.dir, await readProbeManifest(run.dir), {epoch: null, report});
  } catch (error) {
    report.problems.push(damage(null, PROBE_MANIFEST, error));
  }
}

async function verifyEpoch(run: Run, epoch: number, report: VerifyReport): Promise<void> {
  const path = manifestPath(epoch);
  const before = report.problems.length;
  try {
    await stat(inRun(run.dir, path));
    const manifest = parseEpochManifest(await readText(run.dir, path), inRun(run.dir, path));
    if (manifest.epoch !== epoch) throw new Error(`it is the manifest of epoch ${manifest.epoch}`);
    for (const file of manifest.files) await verifyFile(run.dir, file, {epoch, report});
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') {
      report.unfinished.push(epoch);
      report.problems.push({
        kind: 'leftover',
        epoch,
        path,
        message: `epoch ${epoch}: not finished (no manifest)`,
      });
    } else {
      report.problems.push(damage(epoch, path, error));
    }
  }
  if (report.problems.length === before) report.intact.push(epoch);
}

async function verifyFile(
  root: string,
  {path, bytes, sha256}: FileDigest & {path: string},
  {epoch, report}: {epoch: number | null; report: VerifyReport},
): Promise<void> {
  try {
    const found = await digest(await containedPath(root, path));
    report.files++;
    report.bytes += found.bytes;
    if (found.bytes !== bytes) throw new Error(`has ${found.bytes} bytes instead of ${bytes}`);
    if (found.sha256 !== sha256) throw new Error('content has changed (SHA-256 differs)');
  } catch (error) {
    report.problems.push(damage(epoch, path, error));
  }
}

async function digest(path: string): Promise<FileDigest> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(path, {highWaterMark: 1 << 20}) as AsyncIterable<Uint8Array>) {
    hash.update(chunk);
    bytes += chunk.byteLength;
  }
  return {bytes, sha256: hash.digest('hex')};
}

function damage(epoch: number | null, path: string, error: unknown): VerifyProblem {
  const reason = error instanceof Error ? error.message : String(error);
  return {kind: 'damage', epoch, path, message: `${path}: ${reason}`};
}

async function tempFiles(root: string): Promise<string[]> {
  const entries = await readdir(root, {recursive: true, withFileTypes: true});
  return entries
    .filter(entry => entry.isFile() && isTempFile(entry.name))
    .map(entry => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
}
