import {NO_LABEL} from '../../shared/index.js';
import type {TableData} from './table-text.js';

/** Pictures of one kind, by sample. */
export interface NamedPictures {
  /** What they are, such as `input` or `conv2d_1 · 3`. */
  name: string;
  /** Extents of each, the last one varying fastest. */
  shape: readonly number[];
  of: ReadonlyMap<number, ArrayLike<number>>;
}

/** Every value of some pictures, row by row: sample, label, picture, shape, index in that shape, value. */
export function pixelTable(
  samples: readonly {sample: number; label: number}[],
  pictures: readonly NamedPictures[],
): TableData {
  return {
    columns: ['sample', 'label', 'picture', 'shape', 'index', 'value'],
    rows: samples.flatMap(({sample, label}) =>
      pictures.flatMap(({name, shape, of}) =>
        Array.from(of.get(sample) ?? [], (value, index) => [
          ...[sample, label === NO_LABEL ? null : label, name, shape.join('x'), index],
          Number.isFinite(value) ? value : null,
        ]),
      ),
    ),
  };
}
