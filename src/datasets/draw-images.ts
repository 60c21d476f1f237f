import {drawStratified} from '../shared/index.js';
import type {LabelledImages, PackedImages} from './dataset.js';

/** Draws images with a seed, an even number of each class, one of each class in turn, and scales them to 0..1. */
export function drawImages({pixels, labels}: PackedImages, count: number, seed: number): LabelledImages {
  const picked = drawStratified(labels, Math.min(count, labels.length), seed);
  const size = pixels.length / labels.length;
  const xs = new Float32Array(picked.length * size);
  picked.forEach((image, i) => {
    const from = image * size;
    const to = i * size;
    for (let at = 0; at < size; at++) xs[to + at] = (pixels[from + at] as number) / 255;
  });
  return {xs, labels: Int32Array.from(picked, image => labels[image] as number)};
}
