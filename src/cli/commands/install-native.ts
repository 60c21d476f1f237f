import {resolve} from 'node:path';
import {Command} from 'commander';
import {interruptible} from '../interruptible.js';
import {installNative, uninstallNative} from '../native/install-native.js';
import {nativePackages} from '../native/native-package.js';
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
      'Install @tensorflow/tfjs-node, whose own installer fails: libtensorflow from PyPI, the addon compiled here.',
    )
    .option('--project <dir>', 'the project that gets it', '.')
    .option('--gpu', '@tensorflow/tfjs-node-gpu in its place, with the CUDA libraries (2.3 GB)')
    .option('--no-save', 'leave package.json as it is')
    .option('--uninstall', 'take it out of the project, and libtensorflow out of the cache')
    .addOption(quietOption())
    .addHelpText(
      'after',
      '\nIt needs Linux x64, g++, make, and python3 with pip. What works already is left alone; "npm ci" removes the addon.' +
        '\n\nExamples:\n  $ cnnslicer install-native\n  $ cnnslicer install-native --no-save && cnnslicer demo --backend node\n  $ cnnslicer install-native --uninstall',
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
