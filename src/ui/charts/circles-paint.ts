import {chartFont, type Paint, type Pen} from './canvas.js';
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
  type CircleGroup,
  type CirclesSpec,
  type Projected,
} from './circles-spec.js';
import type {Theme} from './palette.js';

const turn = 2 * Math.PI;

/** Draws what the camera sees, with the key of areas in a strip below. */
export function circlesPaint(spec: CirclesSpec, camera: Camera, theme: Theme): Paint {
  return (context, width, height) => {
    const projected = projectionOf(camera, {width, height});
    context.save();
    context.beginPath();
    context.rect(0, 0, width, height - keyStrip);
    context.clip();
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    spec.packing.groups.forEach((circle, i) => {
      const group = spec.groups[i];
      if (!group) return;
      const [x, y] = [projected.toX(circle.x), projected.toY(circle.y)];
      const rim = rimRadius(circle, projected.scale);
      if (x + rim < 0 || x - rim > width || y + rim < 0 || y - rim > height - keyStrip) return;
      titled(context, group.name, () => {
        context.globalAlpha = group.emphasis === 'faint' ? 0.3 : 1;
        paintRim(context, group, {x, y, rim, inner: circle.inner * projected.scale, theme});
        paintSlots(context, spec, {group: i, x, y, projected, theme});
      });
    });
    context.restore();
    paintKey(context, spec, {projected, height, theme});
  };
}

function paintRim(
  context: Pen,
  group: CircleGroup,
  {x, y, rim, inner, theme}: {x: number; y: number; rim: number; inner: number; theme: Theme},
): void {
  const alpha = context.globalAlpha;
  circle(context, x, y, rim);
  context.fillStyle = group.colour;
  context.globalAlpha = alpha * 0.14;
  context.fill();
  context.globalAlpha = alpha;
  context.strokeStyle = group.colour;
  context.lineWidth = group.emphasis === 'strong' ? 2.5 : 1.25;
  context.stroke();
  const name = rimName(group, inner, rim - inner);
  if (name === null) return;
  context.font = chartFont(circleText);
  context.fillStyle = theme.ink;
  paintOnArc(context, name, {x, y, radius: (inner + rim) / 2});
}

/** Letters along the top of a circle, each turned to it. */
function paintOnArc(
  context: Pen,
  text: string,
  {x, y, radius}: {x: number; y: number; radius: number},
): void {
  const letters = [...text];
  const widths = letters.map(letter => context.measureText(letter).width);
  let along = -widths.reduce((sum, wide) => sum + wide, 0) / 2;
  letters.forEach((letter, i) => {
    const wide = widths[i] ?? 0;
    context.save();
    context.translate(x, y);
    context.rotate((along + wide / 2) / radius);
    context.fillText(letter, 0, 0.5 - radius);
    context.restore();
    along += wide;
  });
}

function paintSlots(
  context: Pen,
  spec: CirclesSpec,
  at: {group: number; x: number; y: number; projected: Projected; theme: Theme},
): void {
  const {slots, mark} = spec.packing;
  const {scale} = at.projected;
  const first = at.group * slots.length;
  context.font = chartFont(circleText);
  slots.forEach((slot, i) => {
    const radius = spec.radii[first + i] ?? Number.NaN;
    const [x, y] = [at.x + slot.x * scale, at.y + slot.y * scale];
    if (radius > 0) {
      const colour = spec.colours[first + i] ?? at.theme.ink;
      context.fillStyle = colour;
      titled(context, spec.slotNames[i] ?? '', () => {
        circle(context, x, y, radius * scale);
        context.fill();
      });
      const name = slotName(spec.slotNames[i], radius * scale);
      if (name !== null) {
        context.fillStyle = inkOnColour(colour);
        context.fillText(name, x, y + 0.5);
      }
    } else {
      paintMark(
        context,
        {x, y, radius: Math.max(1.5, mark * scale), isUndefined: Number.isNaN(radius)},
        at.theme,
      );
    }
    if (spec.markedSlot === i) paintRing(context, {x, y, radius: slot.r * scale}, at.theme);
  });
}

/** The hollow mark of an item without area; dashed where its value is undefined. */
function paintMark(
  context: Pen,
  {x, y, radius, isUndefined}: {x: number; y: number; radius: number; isUndefined: boolean},
  theme: Theme,
): void {
  circle(context, x, y, radius);
  context.setLineDash(isUndefined ? [2, 2] : []);
  context.strokeStyle = theme.inkFaint;
  context.lineWidth = 1;
  context.stroke();
  context.setLineDash([]);
}

function paintRing(context: Pen, {x, y, radius}: {x: number; y: number; radius: number}, theme: Theme): void {
  circle(context, x, y, Math.max(3, radius));
  context.strokeStyle = theme.ink;
  context.lineWidth = 1.5;
  context.stroke();
}

function paintKey(
  context: Pen,
  spec: CirclesSpec,
  {projected, height, theme}: {projected: Projected; height: number; theme: Theme},
): void {
  const key = keyCircle(spec, projected.scale);
  if (!key) return;
  const radius = key.radius * projected.scale;
  const y = height - keyStrip / 2;
  circle(context, radius + 1, y, radius);
  context.strokeStyle = theme.inkSoft;
  context.lineWidth = 1;
  context.stroke();
  context.font = chartFont(circleText);
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.fillStyle = theme.inkSoft;
  context.fillText(key.label, 2 * radius + 8, y + 0.5);
}

function titled(context: Pen, title: string, paint: () => void): void {
  if (context.titled) context.titled(title, paint);
  else paint();
}

function circle(context: Pen, x: number, y: number, radius: number): void {
  context.beginPath();
  context.arc(x, y, radius, 0, turn);
}
