import {resolve} from 'node:path';
import {Command} from 'commander';
import {documentPath} from '../document-path.js';
import {interruptible} from '../interruptible.js';
import {installNative, uninstallNative} from '../../native/install-native.js';
import {nativePackages} from '../../native/native-package.js';
import {quietOption} from '../shared-options.js';

interface InstallNativeOptions {
  project: string;
  gpu?: boolean;
  save: boolean;
  uninstall?: boolean;
  quiet?: boolean;
}

export function installNativeCommand(): Command {
  return new Command('install-native')
    .description(
      'Install @tensorflow/tfjs-node, whose own installer fails: download libtensorflow from PyPI, compile the addon.',
    )
    .option('--project <dir>', 'project to install into', '.')
    .option('--gpu', 'install @tensorflow/tfjs-node-gpu instead, with the CUDA libraries (2.3 GB)')
    .option('--no-save', 'do not change package.json')
    .option('--uninstall', 'remove it from the project, and libtensorflow from the cache')
    .addOption(quietOption())
    .addHelpText(
      'after',
      '\nIt needs Linux x64, g++, make, and python3 with pip. A working installation is not changed; "npm ci" removes the addon.' +
        '\n\nExamples:\n  $ cnnslicer install-native\n  $ cnnslicer install-native --no-save && cnnslicer demo --backend node\n  $ cnnslicer install-native --uninstall' +
        `\n\nMore: ${documentPath('native.md')}`,
    )
    .action(async (options: InstallNativeOptions) => interruptible(signal => run(options, signal)));
}

async function run(
  {project, gpu, save, uninstall, quiet}: InstallNativeOptions,
  signal: AbortSignal,
): Promise<void> {
  const folder = resolve(project);
  const native = nativePackages[gpu ? 'gpu' : 'cpu'];
  const say = quiet ? () => {} : (line: string) => console.log(line);
  const progress = {say, show: !quiet && Boolean(process.stdout.isTTY), signal};
  if (uninstall) return uninstallNative(folder, native, progress);
  const {tfjs, libtensorflow, gpu: onGpu} = await installNative(folder, native, {save}, progress);
  say(
    `${native.name} ${tfjs} works in ${folder}: libtensorflow ${libtensorflow}, on the ${onGpu ? 'GPU' : 'CPU'}`,
  );
}
