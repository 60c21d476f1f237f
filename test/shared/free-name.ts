import test from 'ava';
import fc from 'fast-check';
import {freeName} from '#src/shared/free-name.js';

test('a free name is taken as it is', t => {
  const taken = new Set(['dense']);
  t.is(freeName('conv', taken), 'conv');
  t.deepEqual([...taken], ['dense', 'conv']);
});

test('a taken name gets the first number that is free', t => {
  const taken = new Set(['encoder', 'encoder_1']);
  t.is(freeName('encoder', taken), 'encoder_2');
  t.is(freeName('encoder', taken), 'encoder_3');
});

test('another rule makes the next name from the one that is taken', t => {
  const taken = new Set(['dense.2', 'dense.2_']);
  t.is(
    freeName('dense.2', taken, name => `${name}_`),
    'dense.2__',
  );
});

test('as many names as are asked for differ, whatever they are', t => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('a', 'a_1', 'a_1_1', 'b')), names => {
      const taken = new Set<string>();
      t.is(new Set(names.map(name => freeName(name, taken))).size, names.length);
    }),
  );
});
