import {ProgramError, runProgram} from '../programs/index.js';

export interface Platform {
  os: string;
  arch: string;
  /** Version of the GNU C library; undefined if there is another one. */
  glibc: string | undefined;
}

export function thisPlatform(): Platform {
  const {header} = process.report.getReport() as {header: {glibcVersionRuntime?: string}};
  return {os: process.platform, arch: process.arch, glibc: header.glibcVersionRuntime};
}

/** @throws {Error} if libtensorflow is not built for the platform. */
export function assertPlatform({os, arch, glibc}: Platform): void {
  if (os === 'linux' && arch === 'x64' && glibc !== undefined) return;
  const libc = os === 'linux' && glibc === undefined ? ' without glibc' : '';
  throw new Error(
    `the native backend needs Linux x64 with glibc; this is ${os} ${arch}${libc}. The wasm backend trains everywhere: see README.`,
  );
}

/** Programs that compile the addon and fetch the library, each with arguments that only print its version. */
const TOOLS: readonly [tool: string, program: string, args: readonly string[]][] = [
  ['npm', 'npm', ['--version']],
  ['g++', 'g++', ['--version']],
  ['make', 'make', ['--version']],
  ['python3', 'python3', ['--version']],
  ['pip', 'python3', ['-m', 'pip', '--version']],
];

/** @throws {Error} naming every tool that is missing, and how to install them. */
export async function assertTools(signal: AbortSignal): Promise<void> {
  const missing: string[] = [];
  for (const [tool, program, args] of TOOLS) {
    try {
      await runProgram(program, args, {signal});
    } catch (error) {
      if (!(error instanceof ProgramError)) throw error;
      missing.push(tool);
    }
  }
  if (missing.length > 0) {
    throw new Error(
      `the native backend is compiled here and needs ${missing.join(', ')}; on Debian or Ubuntu: apt-get install g++ make python3 python3-pip.`,
    );
  }
}
