import {execFile} from 'node:child_process';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {openRun} from 'cnnslicer/store';
import {nativeTest} from '../support/native-test.js';
import {temporaryFolder} from '../support/temporary-folder.js';

nativeTest('the quick demo trains on the native backend and says so', async t => {
  const logdir = await temporaryFolder(t);
  const {stdout, stderr} = await promisify(execFile)(process.execPath, [
    ...['dist/bundled/cnnslicer.js', 'demo', '--backend', 'node', '--no-view', '--logdir', logdir],
    ...['--epochs', '2', '--samples-per-class', '20'],
  ]);
  t.is(stderr, '');
  t.regex(stdout, /Training on 200 images of MNIST for 2 epochs \(backend tensorflow\)/);
  const run = await openRun(join(logdir, 'mnist-20-per-class'));
  t.deepEqual([await run.epochs(), run.info.backend], [[0, 1, 2], 'tensorflow']);
});
