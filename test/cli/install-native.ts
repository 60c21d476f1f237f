import {execFile} from 'node:child_process';
import {createHash} from 'node:crypto';
import {once} from 'node:events';
import {chmod, readdir, writeFile} from 'node:fs/promises';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {join, resolve} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {assertPlatform, thisPlatform} from '#src/native/preflight.js';
import {pythonTest} from '../support/python.js';
import {temporaryFolder} from '../support/temporary-folder.js';

/** The command in an empty project with an empty cache, and the programs of `path` alone. */
async function installNative(t: ExecutionContext, {args = [], path = [], env = {}}: Setting = {}) {
  const project = await temporaryFolder(t);
  const cache = await temporaryFolder(t);
  await writeFile(join(project, 'package.json'), '{"private": true}');
  return new Promise<{code: unknown; stdout: string; stderr: string; cache: string}>(done => {
    execFile(
      process.execPath,
      [resolve('dist/bundled/cnnslicer.js'), 'install-native', '--project', project, ...args],
      {env: {PATH: path.join(':'), HOME: project, CNNSLICER_CACHE: cache, ...env}},
      (error, stdout, stderr) => done({code: error?.code ?? 0, stdout, stderr, cache}),
    );
  });
}

interface Setting {
  args?: string[];
  path?: string[];
  env?: Record<string, string>;
}

/** A folder with a compiler that is never reached, and the Python that the tests have. */
async function toolsUpToTheDownload(t: ExecutionContext): Promise<string[]> {
  const folder = await temporaryFolder(t);
  for (const tool of ['npm', 'g++', 'make']) {
    await writeFile(join(folder, tool), '#!/bin/sh\nexit 0\n');
    await chmod(join(folder, tool), 0o755);
  }
  await writeFile(join(folder, 'python3'), `#!/bin/sh\nexec ${resolve('.venv/bin/python')} "$@"\n`);
  await chmod(join(folder, 'python3'), 0o755);
  return [folder, '/usr/bin', '/bin'];
}

test('a platform that libtensorflow is not built for is refused in one line that names the way out', t => {
  t.notThrows(() => assertPlatform({os: 'linux', arch: 'x64', glibc: '2.36'}));
  t.throws(() => assertPlatform({os: 'darwin', arch: 'arm64', glibc: undefined}), {
    message:
      'the native backend needs Linux x64 with glibc; this is darwin arm64. The wasm backend trains everywhere: see README.',
  });
  t.throws(() => assertPlatform({os: 'linux', arch: 'x64', glibc: undefined}), {
    message: /this is linux x64 without glibc\./,
  });
  t.is(thisPlatform().os, process.platform);
});

const onLinux = process.platform === 'linux' && process.arch === 'x64';
const linuxTest = (title: string, run: (t: ExecutionContext) => Promise<void>) =>
  onLinux ? test(title, run) : test.skip(`${title} [needs Linux x64]`, run);

linuxTest('every missing tool is named at once, with the command that brings them', async t => {
  const {code, stderr, cache} = await installNative(t);
  t.is(code, 1);
  t.is(
    stderr,
    'cnnslicer: the native backend is compiled here and needs npm, g++, make, python3, pip; on Debian or Ubuntu: apt-get install g++ make python3 python3-pip.\n',
  );
  t.deepEqual(await readdir(cache), []);
});

pythonTest(
  'without a network it says what could not be fetched and what to check; the cache stays clean',
  async t => {
    const path = await toolsUpToTheDownload(t);
    const env = {PIP_INDEX_URL: 'http://127.0.0.1:9/simple', PIP_RETRIES: '0', PIP_CONFIG_FILE: '/dev/null'};
    const {code, stdout, stderr, cache} = await installNative(t, {path, env});
    t.is(code, 1);
    t.is(stdout, 'libtensorflow 2.15.1: fetching 207 MB from PyPI, once per machine …\n');
    t.regex(
      stderr,
      /^cnnslicer: pip could not fetch libtensorflow \(.*tensorflow-cpu==2\.15\.1.*\); check the network, or set a package mirror in PIP_INDEX_URL\.\n$/,
    );
    t.deepEqual(await readdir(join(cache, 'libtensorflow')), []);
  },
);

pythonTest(
  'a wheel with another checksum than the pinned one is refused, and nothing of it is kept',
  async t => {
    const wheel = 'tensorflow_cpu-2.15.1-cp310-cp310-manylinux_2_17_x86_64.manylinux2014_x86_64.whl';
    const bytes = Buffer.from('not the wheel that was pinned');
    const sum = createHash('sha256').update(bytes).digest('hex');
    const index = createServer((request, response) => {
      if (request.url?.endsWith('.whl')) response.end(bytes);
      else
        response.setHeader('content-type', 'text/html').end(`<a href="/${wheel}#sha256=${sum}">${wheel}</a>`);
    }).listen(0, '127.0.0.1');
    t.teardown(() => index.close());
    await once(index, 'listening');
    const {port} = index.address() as AddressInfo;
    const path = await toolsUpToTheDownload(t);
    const env = {PIP_INDEX_URL: `http://127.0.0.1:${port}/simple`, PIP_CONFIG_FILE: '/dev/null'};
    const {code, stderr, cache} = await installNative(t, {path, env});
    t.is(code, 1);
    t.is(
      stderr,
      'cnnslicer: the wheel that pip fetched is not the pinned one (its checksum differs); nothing was installed. Is a package mirror in use?\n',
    );
    t.deepEqual(await readdir(join(cache, 'libtensorflow')), []);
  },
);

linuxTest('uninstalling where nothing is installed says so and is no failure', async t => {
  const {code, stdout} = await installNative(t, {args: ['--uninstall']});
  t.is(code, 0);
  t.is(stdout, '@tensorflow/tfjs-node: was not installed; libtensorflow was removed from the cache\n');
});
