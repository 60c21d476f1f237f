import {existsSync} from 'node:fs';
import {mkdir, mkdtemp, readdir, rename, rm, symlink, writeFile} from 'node:fs/promises';
import {basename, dirname, join} from 'node:path';
import {cacheFolder} from '../datasets/index.js';
import type {NativePackage} from './native-package.js';
import {ProgramError, runProgram} from '../programs/index.js';

export interface Progress {
  /** Reports one line per step. */
  say: (line: string) => void;
  /** Lets programs show their own progress bars. */
  show: boolean;
  signal: AbortSignal;
}

const CHECKSUMS = 'SHA256SUMS';
const HEADERS = ['tensorflow/c', 'tensorflow/core/platform', 'tsl/c', 'tsl/platform'];
/** Libraries that the addon is linked with, by their names in the wheel. The last is the name that the
 * package's own installer looks for: with it in place a later `npm rebuild` fetches nothing. */
const LINKS = [
  ['libtensorflow.so', 'libtensorflow_cc.so.2'],
  ['libtensorflow_framework.so', 'libtensorflow_framework.so.2'],
  ['libtensorflow.so.2.9.1', 'libtensorflow_cc.so.2'],
] as const;

/**
 * The C library with its headers: fetched once per user, then checked against its checksums.
 *
 * @returns A folder with `include` and `lib`. It is built elsewhere and moved into place, so a stopped or a concurrent
 *   installation leaves no partial copy.
 * @throws {Error} if it cannot be fetched, or a file has another checksum than the pinned one.
 */
export async function libtensorflow(native: NativePackage, progress: Progress): Promise<string> {
  const folder = join(libraries(), `${native.build}-${native.libtensorflow}`);
  if (await isIntact(folder, progress)) {
    progress.say(`libtensorflow ${native.libtensorflow}: in ${folder}, checksums match`);
    return folder;
  }
  await rm(folder, {recursive: true, force: true});
  await mkdir(dirname(folder), {recursive: true});
  const temporary = await mkdtemp(join(dirname(folder), `.${basename(folder)}-`));
  try {
    await download(native, temporary, progress);
    const library = await unpack(temporary, progress);
    await rename(library, folder).catch(error => {
      // Another process may have been faster: its files are the same.
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(temporary, {recursive: true, force: true});
  }
  return folder;
}

/** Removes the library, and the remains of stopped installations. Projects that have it keep it. */
export async function removeLibtensorflow({build}: NativePackage): Promise<void> {
  const cached = await readdir(libraries()).catch(() => []);
  for (const name of cached) {
    if (name.startsWith(`${build}-`) || name.startsWith(`.${build}-`))
      await rm(join(libraries(), name), {recursive: true, force: true});
  }
}

const libraries = () => join(cacheFolder(), 'libtensorflow');

async function isIntact(folder: string, {signal}: Progress): Promise<boolean> {
  try {
    await runProgram('sha256sum', ['--check', '--quiet', CHECKSUMS], {cwd: folder, signal});
    return true;
  } catch (error) {
    if (!(error instanceof ProgramError)) throw error;
    return false;
  }
}

async function download(native: NativePackage, into: string, {say, show, signal}: Progress): Promise<void> {
  say(`libtensorflow ${native.libtensorflow}: fetching ${native.download} from PyPI, once per machine …`);
  const requirements = join(into, 'requirements.txt');
  await writeFile(requirements, native.wheels.join('\n'));
  const platforms = ['manylinux_2_17_x86_64', 'manylinux2014_x86_64', 'manylinux1_x86_64'];
  try {
    await runProgram(
      'python3',
      [
        ...['-m', 'pip', 'download', '--disable-pip-version-check', '--no-cache-dir', '--no-deps'],
        ...['--require-hashes', '--only-binary=:all:', '--python-version', '310'],
        ...platforms.flatMap(platform => ['--platform', platform]),
        ...['--dest', join(into, 'wheels'), '--requirement', requirements],
      ],
      {signal, show},
    );
  } catch (error) {
    if (!(error instanceof ProgramError)) throw error;
    throw new Error(pipFailure(error.output), {cause: error});
  }
}

function pipFailure(output: string): string {
  if (output.includes('DO NOT MATCH THE HASHES'))
    return 'the wheel that pip fetched is not the pinned one (its checksum differs); nothing was installed. Is a package mirror in use?';
  const reason = /^ERROR: (.*)$/m.exec(output)?.[1] ?? 'see above';
  return `pip could not fetch libtensorflow (${reason}); check the network, or set a package mirror in PIP_INDEX_URL.`;
}

/** Extracts the library and the headers from the wheels. */
async function unpack(temporary: string, {say, signal}: Progress): Promise<string> {
  say('libtensorflow: unpacking …');
  const wheels = join(temporary, 'wheels');
  const contents = join(temporary, 'contents');
  const library = join(temporary, 'library');
  for (const wheel of await readdir(wheels)) {
    await runProgram('python3', ['-m', 'zipfile', '-e', join(wheels, wheel), contents], {signal});
    await rm(join(wheels, wheel));
  }
  for (const headers of HEADERS) {
    await mkdir(dirname(join(library, 'include', headers)), {recursive: true});
    await rename(join(contents, 'tensorflow/include', headers), join(library, 'include', headers));
  }
  await mkdir(join(library, 'lib'));
  const tensorflow = ['tensorflow/libtensorflow_cc.so.2', 'tensorflow/libtensorflow_framework.so.2'];
  for (const file of [...tensorflow, ...(await cudaLibraries(contents))])
    await rename(join(contents, file), join(library, 'lib', basename(file)));
  // A quarter of the library is symbols for debuggers.
  const stripped = tensorflow.map(file => join(library, 'lib', basename(file)));
  await runProgram('strip', ['--strip-unneeded', ...stripped], {signal});
  for (const [link, target] of LINKS) await symlink(target, join(library, 'lib', link));
  const files = await readdir(library, {recursive: true, withFileTypes: true});
  const paths = files
    .filter(file => file.isFile())
    .map(file => join(file.parentPath, file.name).slice(library.length + 1));
  await writeFile(join(library, CHECKSUMS), await runProgram('sha256sum', paths, {cwd: library, signal}));
  return library;
}

async function cudaLibraries(contents: string): Promise<string[]> {
  const packages = await readdir(join(contents, 'nvidia')).catch(() => []);
  const libraries: string[] = [];
  for (const name of packages) {
    const folder = join('nvidia', name, 'lib');
    const files = await readdir(join(contents, folder)).catch(() => []);
    libraries.push(...files.filter(file => file.includes('.so')).map(file => join(folder, file)));
  }
  return libraries;
}
