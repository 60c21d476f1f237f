import {brightIsLittle, scalePalette, sequentialStops} from '../../shared/index.js';

/**
 * Width of a picture on TensorBoard's Images page, pixels of the screen: it stretches a narrower one, whose letters then
 * have strokes of uneven width.
 */
export const CARD_WIDTH = 350;

const stops = sequentialStops.light;

/** Look of TensorBoard's pictures: the viewer's scales on a white background. */
export const ink = stops.at(-1) as string;
export const paper = '#ffffff';
/** Lines and ground of what is undefined. */
export const hatch = [stops[1] as string, paper] as const;
/** Ink for a text on a colour of the scale: it must be read on both ends. */
export const inkOn = (paletteIndex: number) => (paletteIndex < 128 ? ink : paper);

/** Darker is more. */
export const countPalette = scalePalette(stops);
/** Brighter is less. */
export const capacityPalette = scalePalette(brightIsLittle('light'));
