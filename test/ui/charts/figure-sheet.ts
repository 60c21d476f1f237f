import test from 'ava';
import {seededRandom} from '#src/shared/random.js';
import {letterOf, sheetLayout} from '#ui/charts/figure-sheet.js';

test('figures on a sheet keep their order and size, overlap nowhere, and are all on the page', t => {
  const random = seededRandom(5);
  for (let round = 0; round < 300; round++) {
    const pictures = Array.from({length: 1 + Math.floor(random() * 14)}, () => ({
      width: 200 + random() * 2000,
      height: 60 + random() * 900,
    }));
    const {width, height, at} = sheetLayout(pictures);
    const boxes = pictures.map((picture, i) => ({...picture, ...at[i]!}));
    for (const [i, box] of boxes.entries()) {
      t.true(box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= height);
      for (const other of boxes.slice(i + 1)) {
        t.true(
          other.x >= box.x + box.width || other.y >= box.y + box.height,
          `${JSON.stringify(other)} is neither right of nor below ${JSON.stringify(box)}`,
        );
      }
    }
  }
});

test('figures are lettered on after z', t => {
  t.deepEqual([0, 25, 26, 51, 52].map(letterOf), ['a', 'z', 'aa', 'az', 'ba']);
});
