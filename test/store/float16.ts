import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import {decodeFloat16, encodeFloat16} from '#src/store/float16.js';
import {pythonTest, python} from '../support/python.js';
import {bitsOf, randomBits} from '../support/run-folder.js';
import {temporaryFolder} from '../support/temporary-folder.js';

/** The definition, in exact double arithmetic: the nearest multiple of the local step, ties to the even multiple. */
function nearestHalf(value: number): number {
  const magnitude = Math.abs(value);
  const step = 2 ** (Math.max(Math.floor(Math.log2(magnitude)), -14) - 10);
  const multiple = magnitude / step;
  const below = Math.floor(multiple);
  const rest = multiple - below;
  const rounded = rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? below + 1 : below;
  const half = rounded * step;
  return Math.sign(value) * (half > 65504 ? Infinity : half);
}

function roundTrip(values: Float32Array): Float32Array {
  const halves = new Uint16Array(values.length);
  encodeFloat16(bitsOf(values), halves);
  const back = new Float32Array(values.length);
  decodeFloat16(halves, bitsOf(back));
  return back;
}

/** Index of the first difference, -1 for none: `deepEqual` takes seconds for this many. */
function firstDifference(a: Uint32Array | Uint16Array, b: Uint32Array | Uint16Array): number {
  return a.length === b.length ? a.findIndex((value, i) => value !== b[i]) : 0;
}

const EVERY_HALF = Uint16Array.from({length: 0x10000}, (_, half) => half);

test('every float16 survives widening and narrowing, NaN payloads and signed zeros included', t => {
  const wide = new Uint32Array(0x10000);
  decodeFloat16(EVERY_HALF, wide);
  const back = new Uint16Array(0x10000);
  encodeFloat16(wide, back);
  t.is(firstDifference(back, EVERY_HALF), -1);
});

test('float32 is rounded to the nearest float16, ties to even, beyond 65504 to Infinity', t => {
  const wide = new Float32Array(0x10000);
  decodeFloat16(EVERY_HALF, bitsOf(wide));
  // Every float16, the middle between it and the next, and the float32 on either side of that middle.
  const values: number[] = [];
  for (let half = 0; half < 0x7c00; half++) {
    const middle = ((wide[half] as number) + (half === 0x7bff ? 65536 : (wide[half + 1] as number))) / 2;
    const bits = bitsOf(Float32Array.of(middle))[0] as number;
    const beside = new Float32Array(Uint32Array.of(bits - 1, bits, bits + 1).buffer);
    values.push(wide[half] as number, ...beside);
  }
  const all = Float32Array.from([...values, ...values.map(value => -value)]);
  const expected = all.map(nearestHalf);
  t.deepEqual(
    bitsOf(roundTrip(all)),
    bitsOf(expected.map((half, i) => (half === 0 ? 0 * (all[i] as number) : half))),
  );
});

test('the ends of the range are exact', t => {
  const values = Float32Array.of(
    65504,
    65519.996,
    65520,
    -65520,
    2 ** -24,
    2 ** -25,
    1.5 * 2 ** -25,
    -1e-30,
    -0,
  );
  t.deepEqual(
    roundTrip(values),
    Float32Array.of(65504, 65504, Infinity, -Infinity, 2 ** -24, 0, 2 ** -24, -0, -0),
  );
});

pythonTest('float16 rounds as NumPy does on a million random bit patterns', async t => {
  const path = join(await temporaryFolder(t), 'floats');
  const values = randomBits(1 << 20, 6);
  const halves = new Uint16Array(values.length);
  encodeFloat16(bitsOf(values), halves);
  await writeFile(path, Buffer.concat([Buffer.from(values.buffer), Buffer.from(halves.buffer)]));
  // NaN payloads are left out: processors disagree about quietening them, and with them NumPy builds.
  const differing = await python(
    '-c',
    `
import sys, numpy as np
data = np.fromfile(sys.argv[1], dtype=np.uint8)
n = data.size // 6
ours = data[4 * n:].view(np.float16)
with np.errstate(all="ignore"):
    theirs = data[:4 * n].view(np.float32).astype(np.float16)
same = (ours.view(np.uint16) == theirs.view(np.uint16)) | (np.isnan(ours) & np.isnan(theirs))
print(n, np.count_nonzero(~same))
`,
    path,
  );
  t.is(differing.trim(), `${1 << 20} 0`);
});
