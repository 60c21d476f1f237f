import {inkOnColour} from './circles-shade.js';
import {
  circleText,
  keyCircle,
  keyStrip,
  projectionOf,
  rimName,
  rimRadius,
  slotName,
  type Camera,
  type CirclesSpec,
  type Projected,
} from './circles-spec.js';
import type {Theme} from './palette.js';
import {escapeXml} from './svg-pen.js';

export interface CirclesSvgOptions {
  /** CSS pixels of the drawing; the title is above it. */
  width: number;
  height: number;
  title: string;
  subtitle: string;
}

/** Room for title and subtitle, and at both sides, CSS pixels. */
const head = 56;
const edge = 16;

/** Writes the visible part as an SVG document: every item a circle with its group and name as a title. */
export function circlesSvg(
  spec: CirclesSpec,
  {camera, theme}: {camera: Camera; theme: Theme},
  {width, height, title, subtitle}: CirclesSvgOptions,
): string {
  const projected = projectionOf(camera, {width, height});
  const groups = spec.groups.map((_, i) => groupElement(spec, i, {projected, theme}));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width + 2 * edge}" height="${height + head}" ` +
      `viewBox="${-edge} 0 ${width + 2 * edge} ${height + head}" font-family="system-ui, sans-serif" font-size="${circleText}">`,
    `<title>${escapeXml(title)}</title>`,
    `<rect x="${-edge}" width="100%" height="100%" fill="${theme.panel}"/>`,
    `<text x="0" y="22" font-size="14" font-weight="600" fill="${theme.ink}">${escapeXml(title)}</text>`,
    `<text x="0" y="40" fill="${theme.inkFaint}">${escapeXml(subtitle)}</text>`,
    `<svg y="${head}" width="${width}" height="${height - keyStrip}">`,
    ...groups,
    '</svg>',
    keyElement(spec, {projected, y: head + height - keyStrip / 2, theme}),
    '</svg>',
    '',
  ].join('\n');
}

function groupElement(
  spec: CirclesSpec,
  index: number,
  {projected, theme}: {projected: Projected; theme: Theme},
): string {
  const [circle, group] = [spec.packing.groups[index], spec.groups[index]];
  if (!circle || !group) return '';
  const {scale} = projected;
  const [x, y] = [projected.toX(circle.x), projected.toY(circle.y)];
  const rim = rimRadius(circle, scale);
  const inner = circle.inner * scale;
  const name = rimName(group, inner, rim - inner);
  const radius = (inner + rim) / 2 - circleText * 0.35;
  const [left, right] = [`${round(x - radius)} ${round(y)}`, `${round(x + radius)} ${round(y)}`];
  return [
    group.emphasis === 'faint' ? '<g opacity="0.3">' : '<g>',
    `<title>${escapeXml(group.name)}</title>`,
    `<circle cx="${round(x)}" cy="${round(y)}" r="${round(rim)}" fill="${group.colour}" fill-opacity="0.14" stroke="${group.colour}" stroke-width="1.25"/>`,
    name === null
      ? ''
      : `<path id="rim-${index}" d="M${left} A${round(radius)} ${round(radius)} 0 0 1 ${right}" fill="none"/>` +
        `<text text-anchor="middle" fill="${theme.ink}"><textPath href="#rim-${index}" startOffset="50%">${escapeXml(name)}</textPath></text>`,
    ...spec.packing.slots.map((slot, i) =>
      itemElement(
        spec,
        {group: index, slot: i},
        {x: x + slot.x * scale, y: y + slot.y * scale, scale, theme},
      ),
    ),
    '</g>',
  ].join('\n');
}

function itemElement(
  spec: CirclesSpec,
  {group, slot}: {group: number; slot: number},
  {x, y, scale, theme}: {x: number; y: number; scale: number; theme: Theme},
): string {
  const at = group * spec.packing.slots.length + slot;
  const radius = spec.radii[at] ?? Number.NaN;
  const name = spec.slotNames[slot] ?? '';
  const place = `cx="${round(x)}" cy="${round(y)}"`;
  if (!(radius > 0)) {
    const dash = Number.isNaN(radius) ? ' stroke-dasharray="2 2"' : '';
    return `<circle ${place} r="${round(Math.max(1.5, spec.packing.mark * scale))}" fill="none" stroke="${theme.inkFaint}"${dash}/>`;
  }
  const colour = spec.colours[at] ?? theme.ink;
  const label = slotName(name, radius * scale);
  const text =
    label === null
      ? ''
      : `<text x="${round(x)}" y="${round(y)}" dy="0.35em" text-anchor="middle" fill="${inkOnColour(colour)}">${escapeXml(label)}</text>`;
  return `<circle ${place} r="${round(radius * scale)}" fill="${colour}"><title>${escapeXml(name)}</title></circle>${text}`;
}

function keyElement(
  spec: CirclesSpec,
  {projected, y, theme}: {projected: Projected; y: number; theme: Theme},
): string {
  const key = keyCircle(spec, projected.scale);
  if (!key) return '';
  const radius = key.radius * projected.scale;
  return (
    `<circle cx="${round(radius + 1)}" cy="${round(y)}" r="${round(radius)}" fill="none" stroke="${theme.inkSoft}"/>` +
    `<text x="${round(2 * radius + 8)}" y="${round(y)}" dy="0.35em" fill="${theme.inkSoft}">${escapeXml(key.label)}</text>`
  );
}

function round(value: number): string {
  return String(Math.round(value * 100) / 100);
}
