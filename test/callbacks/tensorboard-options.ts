import {resolve} from 'node:path';
import test from 'ava';
import {resolveTensorBoard} from '#src/callbacks/tensorboard-options.js';

test('TensorBoard is on, off, a directory, or a directory with options', t => {
  t.is(resolveTensorBoard(false), null);
  const defaults = {featureMaps: 1, hparams: {}, dir: null};
  t.deepEqual(resolveTensorBoard(true), defaults);
  t.deepEqual(resolveTensorBoard({}), defaults);
  t.deepEqual(resolveTensorBoard('logs'), {...defaults, dir: resolve('logs')});
  const given = {featureMaps: 3, hparams: {rate: 0.1}, capacity: [['a', 'b']]} as const;
  t.deepEqual(resolveTensorBoard({dir: 'logs', ...given}), {dir: resolve('logs'), ...given});
});
