import {resolve} from 'node:path';
import test from 'ava';
import {resolveTensorBoard} from '#src/capture/tensorboard-options.js';

test('TensorBoard is on, off, a directory, or a directory with options', t => {
  t.is(resolveTensorBoard(false, resolve), null);
  const defaults = {featureMaps: 1, hparams: {}, dir: null};
  t.deepEqual(resolveTensorBoard(true, resolve), defaults);
  t.deepEqual(resolveTensorBoard({}, resolve), defaults);
  t.deepEqual(resolveTensorBoard('logs', resolve), {...defaults, dir: resolve('logs')});
  const given = {featureMaps: 3, hparams: {rate: 0.1}, capacity: [['a', 'b']]} as const;
  t.deepEqual(resolveTensorBoard({dir: 'logs', ...given}, resolve), {dir: resolve('logs'), ...given});
});
