import test from 'ava';
import fc from 'fast-check';
import {activationBytes, otherCosts, type CostParts} from '#src/capture/disk-costs.js';
import {CONV, DENSE, INPUT} from '../support/run-folder.js';

const layers = [INPUT, CONV, DENSE];
const parts: CostParts = {layers, inputs: 1, samples: 6, classes: 3, weightBytes: 1000, pictures: null};

test('no samples take no activations; float16 takes half of the values', t => {
  t.is(activationBytes(layers, 0, 'float32'), 0);
  const values = 100 * (4 * 3 * 2 + 3 * 5 * 7 + 10);
  t.is(activationBytes(layers, 100, 'float32') - activationBytes(layers, 100, 'float16'), 2 * values);
});

test('activations grow with the samples by values and indices alone', t => {
  const channels = 2 + 7 + 10;
  const perSample = 4 * (24 + 105 + 10) + 8 * channels;
  t.is(activationBytes(layers, 9, 'float32') - activationBytes(layers, 8, 'float32'), perSample);
});

test('an epoch takes its weights, the run its probe', t => {
  const more = otherCosts({...parts, weightBytes: 1500});
  t.is(more.epoch - otherCosts(parts).epoch, 500);
  t.is(more.run, otherCosts(parts).run);
  t.is(otherCosts({...parts, samples: 7}).run - otherCosts(parts).run, 8 + 4 * 24);
});

test('more of anything never takes less', t => {
  const size = fc.record({
    samples: fc.integer({min: 1, max: 5000}),
    classes: fc.integer({min: 0, max: 1000}),
    weightBytes: fc.nat(1e9),
  });
  fc.assert(
    fc.property(size, fc.constantFrom('samples', 'classes', 'weightBytes'), (given, grown) => {
      const [less, more] = [given, {...given, [grown]: given[grown] + 1}].map(sizes =>
        otherCosts({...parts, ...sizes}),
      );
      t.true(more!.epoch >= less!.epoch && more!.run >= less!.run);
    }),
  );
});

test('pictures of channels are counted up to the tiles of a sheet, a dozen sheets', t => {
  const costs = (channels: number, count: number) =>
    otherCosts({
      ...parts,
      layers: [INPUT, ...Array.from({length: count}, (_, i) => ({...CONV, index: i + 1, channels}))],
      pictures: {featureMaps: 1, capacity: 0},
    }).epoch;
  const tables = (channels: number, count: number) =>
    otherCosts({
      ...parts,
      layers: [INPUT, ...Array.from({length: count}, (_, i) => ({...CONV, index: i + 1, channels}))],
    }).epoch;
  const pictures = (channels: number, count: number) => costs(channels, count) - tables(channels, count);
  t.is(pictures(64, 3), pictures(500, 3), 'a sheet holds 64 tiles');
  const layerScalars = 1200;
  t.is(pictures(8, 13) - pictures(8, 12), layerScalars, 'the thirteenth layer has no sheet');
});
