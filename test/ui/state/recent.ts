import test from 'ava';
import fc from 'fast-check';
import {LRUCache} from 'lru-cache';
import {Recent} from '#ui/state/recent.js';

test('the value that was used longest ago goes first', t => {
  const recent = new Recent<number>(2);
  recent.set('a', 1);
  recent.set('b', 2);
  t.is(recent.get('a'), 1);
  recent.set('c', 3);
  t.deepEqual(['a', 'b', 'c'].map(key => recent.has(key)), [true, false, true]); // prettier-ignore
  recent.clear();
  t.is(recent.get('a'), undefined);
});

test('a value larger than the room is not kept, and leaves the others', t => {
  const recent = new Recent<string>(5, text => text.length);
  recent.set('a', 'abc');
  recent.set('b', 'far too long');
  t.deepEqual([recent.get('a'), recent.get('b')], ['abc', undefined]);
  recent.set('a', 'far too long');
  t.false(recent.has('a'));
});

test('whatever is kept and read, it holds what lru-cache holds', t => {
  const key = fc.constantFrom('a', 'b', 'c', 'd', 'e');
  const use = fc.record({key, size: fc.option(fc.integer({min: 1, max: 6}))});
  fc.assert(
    fc.property(fc.array(use, {maxLength: 40}), uses => {
      const recent = new Recent<number>(10, size => size);
      const peer = new LRUCache<string, number>({maxSize: 10, sizeCalculation: size => size});
      for (const {key: name, size} of uses) {
        if (size === null) t.is(recent.get(name), peer.get(name));
        else {
          recent.set(name, size);
          peer.set(name, size);
        }
      }
      for (const name of 'abcde') t.is(recent.has(name), peer.has(name));
    }),
    {seed: 4, numRuns: 300},
  );
});
