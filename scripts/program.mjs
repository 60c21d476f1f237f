import {Command} from 'commander';

/**
 * A program of `npm run`: it tells with --help what it takes, and of whatever goes wrong one line (all of it with DEBUG);
 * exit status 2 is wrong usage, 1 what failed.
 */
export function program(name, description, examples) {
  process.on('uncaughtException', error => {
    console.error(process.env.DEBUG ? error : `${name}: ${error.message}`);
    process.exit(1);
  });
  return new Command(`npm run ${name} --`)
    .description(description)
    .addHelpText(
      'after',
      `\nExamples:\n${examples.map(flags => `  $ npm run ${name}${flags && ` -- ${flags}`}`).join('\n')}`,
    )
    .allowExcessArguments(false)
    .exitOverride(({exitCode}) => process.exit(exitCode === 0 ? 0 : 2));
}
