// Builds at every change, and runs the tests that it concerns: npm run watch -- [AVA's arguments, e.g. test/metrics/**]
import {spawn} from 'node:child_process';

const commands = [
  ['node', 'node_modules/typescript-7/bin/tsc', '-b', '--watch', '--preserveWatchOutput'],
  ['rolldown', '-c', '--watch', '--no-watch.clearScreen'],
  ['ava', '--watch', ...process.argv.slice(2)],
];
// npm has put the tools of node_modules on the path.
const children = commands.map(([tool, ...args]) =>
  spawn(tool, args, {stdio: 'inherit', shell: process.platform === 'win32'}),
);
const endAll = () => {
  for (const child of children) child.kill();
};
for (const child of children) child.once('exit', endAll);
process.once('SIGINT', endAll);
process.once('SIGTERM', endAll);
