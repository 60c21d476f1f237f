import test from 'ava';
import fc from 'fast-check';
import {tagNames} from '#src/recorder/events/tag-names.js';

test('round brackets become square, and a name that comes twice is made unique', t => {
  t.deepEqual(tagNames(['cat', 'dog (big)', 'cat', 'dog [big]']), [
    'cat',
    'dog [big]',
    'cat #2',
    'dog [big] #3',
  ]);
});

test('any names become as many different ones without round brackets', t => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('a', 'a #1', 'a #2', '(', '[', 'a #1 #2')), names => {
      const tags = tagNames(names);
      t.is(new Set(tags).size, names.length);
      t.false(tags.some(tag => /[()]/.test(tag)));
    }),
    {seed: 9},
  );
});
