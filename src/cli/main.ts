#!/usr/bin/env node
import {createRequire} from 'node:module';
import {Command} from 'commander';
import {analyzeCommand} from './commands/analyze.js';
import {demoCommand} from './commands/demo.js';
import {findingsCommand} from './commands/findings.js';
import {inspectCommand} from './commands/inspect.js';
import {installNativeCommand} from './commands/install-native.js';
import {queryCommand} from './commands/query.js';
import {verifyCommand} from './commands/verify.js';
import {viewCommand} from './commands/view.js';
import {fileError} from '../store/file-error.js';

const {version} = createRequire(import.meta.url)('cnnslicer/package.json') as {version: string};

const program = new Command('cnnslicer')
  .description('Information-theoretic X-ray for networks trained in TensorFlow.js.')
  .version(version)
  .showHelpAfterError('(run with --help for the options)')
  .addCommand(demoCommand())
  .addCommand(viewCommand())
  .addCommand(queryCommand())
  .addCommand(analyzeCommand())
  .addCommand(findingsCommand())
  .addCommand(inspectCommand())
  .addCommand(verifyCommand())
  .addCommand(installNativeCommand())
  .exitOverride(({exitCode, code}) => {
    // commander exits with 1 for wrong usage; here 1 means that the work failed.
    process.exit(code.startsWith('commander.help') || exitCode === 0 ? exitCode : 2);
  });
for (const command of program.commands) command.copyInheritedSettings(program);

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // A reader such as `head` has closed the pipe.
  if (error.code === 'EPIPE') process.exit();
  console.error(`cnnslicer: ${fileError('write', 'the output', error).message}`);
  process.exit(1);
});
process.stderr.on('error', () => process.exit(1)); // there is nowhere left to report to

try {
  await program.parseAsync();
} catch (error) {
  const known = error instanceof Error ? error : new Error(String(error));
  console.error(process.env.DEBUG ? known : `cnnslicer: ${known.message}`);
  process.exitCode = 1;
}
