import zlib from 'node:zlib';
import test from 'ava';
import {PNG} from 'pngjs';
import {fileNameOf, placeText, sheetNameOf, withProvenance, type Figure} from '#ui/model/figure.js';
import {withTexts} from '#ui/model/png-text.js';

const figure: Figure = {
  ...{name: 'confusion', title: 'Confusion matrix', shows: 'N = 6', unit: 'samples', epoch: 8},
  runs: [{id: 'group/mnist 20', name: 'mnist'}],
  ...{questions: ['H(label | y)', 'H(y | label)'], address: 'http://host/#x', version: 'CNNSlicer 1.0.0'},
};

test('a file is named by run, panel and epoch, in characters that every file system takes', t => {
  t.is(fileNameOf(figure), 'group-mnist-20-confusion-epoch-8');
  t.is(fileNameOf({...figure, epoch: null}), 'group-mnist-20-confusion-all-epochs');
  const runs = ['a', 'b', 'c'].map(id => ({id, name: id}));
  t.is(fileNameOf({...figure, runs}), 'a-and-2-more-confusion-epoch-8');
  t.is(fileNameOf({...figure, name: 'capacity-слой 1-../x'}), 'group-mnist-20-capacity-слой-1-..-x-epoch-8');
  t.true(fileNameOf({...figure, name: 'x'.repeat(1000)}).length < 200);
  t.is(sheetNameOf([figure, {...figure, epoch: null}]), 'group-mnist-20-figure-sheet-epoch-8');
  t.is(sheetNameOf([figure, {...figure, epoch: 9}]), 'group-mnist-20-figure-sheet-all-epochs');
});

test('a run is called by its name, and by its folder where that is another', t => {
  t.is(placeText(figure), 'mnist (group/mnist 20) · epoch 8');
  const facts = {layers: ['conv2d_1', 'dense'], epoch: null, runs: [{id: 'a', name: 'a'}]};
  t.is(placeText({...figure, ...facts}), 'a · conv2d_1, dense · every captured epoch');
});

test('each row of a table of one run says its run and the question; of several runs the run is there already', t => {
  t.deepEqual(withProvenance({columns: ['bits'], rows: [[1]]}, figure), {
    columns: ['run', 'bits', 'question'],
    rows: [['group/mnist 20', 1, 'H(label | y); H(y | label)']],
  });
  const table = {columns: ['run', 'bits'], rows: [['a', 1]], hasRuns: true};
  t.deepEqual(withProvenance(table, figure).columns, ['run', 'bits', 'question']);
});

test('texts in a PNG are chunks with a valid checksum, and its pixels stay', t => {
  const picture = new PNG({width: 3, height: 2});
  picture.data.forEach((_, i) => (picture.data[i] = (i * 37) % 256));
  const plain = PNG.sync.write(picture);
  const text = 'été · 中文\nsecond line';
  const png = Buffer.from(withTexts(plain, {Title: text, cnnslicer: '{}'}));
  t.deepEqual(PNG.sync.read(png).data, PNG.sync.read(plain).data);
  const found: Record<string, string> = {};
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at);
    const body = png.subarray(at + 4, at + 8 + length);
    t.is(png.readUInt32BE(at + 8 + length), zlib.crc32(body), body.subarray(0, 4).toString());
    if (body.subarray(0, 4).toString() === 'iTXt') {
      const [keyword = '', ...rest] = body.subarray(4).toString().split('\0');
      found[keyword] = rest.at(-1) ?? '';
    }
    at += length + 12;
  }
  t.deepEqual(found, {Title: text, cnnslicer: '{}'});
});
