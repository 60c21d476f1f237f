import {execFile} from 'node:child_process';
import {hostname} from 'node:os';
import {promisify} from 'node:util';
import test from 'ava';

/** Asks after process 1 without the rights to send it a signal. */
const PROGRAM = `
import {isProcessAlive} from 'cnnslicer/store';
if (process.getuid() === 0) process.setuid(65534);
console.log(await isProcessAlive({pid: 1, host: '${hostname()}'}));
`;

const posixTest = process.platform === 'win32' ? test.skip : test;

posixTest('a process of another user is there, too [needs POSIX users]', async t => {
  const {stdout} = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', PROGRAM]);
  t.is(stdout, 'true\n');
});
