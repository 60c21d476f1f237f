import {decode, encode} from 'fast-png';

const most = 256;
/** Levels per channel of the cells in which colours are counted, so that the shades of one edge do not fill the palette. */
const cell = 12;

/**
 * A PNG with a palette of 256 colours, about half as large: those that most pixels have, each the only one of its cell of
 * the colour cube while others have none; every other pixel takes the nearest of them.
 */
export function fewColours(png) {
  const {width, height, channels, data} = decode(png);
  const colours = new Uint32Array(width * height);
  const counts = new Map();
  for (let i = 0; i < colours.length; i++) {
    const at = i * channels;
    const colour = (data[at] << 16) | (data[at + 1] << 8) | data[at + 2];
    colours[i] = colour;
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const palette = choose([...counts].sort((a, b) => b[1] - a[1]).map(([colour]) => colour)).map(channelsOf);
  const indexOf = new Map([...counts.keys()].map(colour => [colour, nearest(palette, channelsOf(colour))]));
  const indices = Uint8Array.from(colours, colour => indexOf.get(colour));
  return encode({width, height, channels: 1, depth: 8, data: indices, palette}, {zlib: {level: 9}});
}

/** The first half as often as they come; then the first of each cell that has none, and what comes after if there is room. */
function choose(byCount) {
  const chosen = new Set(byCount.slice(0, most / 2));
  const cells = new Set([...chosen].map(cellOf));
  for (const colour of byCount) {
    if (chosen.size === most) break;
    if (cells.has(cellOf(colour))) continue;
    cells.add(cellOf(colour));
    chosen.add(colour);
  }
  for (const colour of byCount) if (chosen.size < most) chosen.add(colour);
  return [...chosen];
}

function cellOf(colour) {
  return channelsOf(colour)
    .map(value => Math.floor(value / cell))
    .join();
}

function channelsOf(colour) {
  return [colour >> 16, (colour >> 8) & 255, colour & 255];
}

function nearest(palette, [red, green, blue]) {
  let best = 0;
  let least = Infinity;
  palette.forEach(([r, g, b], i) => {
    const distance = 2 * (r - red) ** 2 + 4 * (g - green) ** 2 + 3 * (b - blue) ** 2;
    if (distance < least) [best, least] = [i, distance];
  });
  return best;
}
