import {chartFont, type Paint, type Pen} from './canvas.js';
import {
  cubeBox,
  cubeLayout,
  depthLines,
  rowLines,
  rowTicks,
  rowTop,
  slabLeft,
  type CubeBox,
  type CubeLayout,
  type CubeSpec,
} from './cube-spec.js';
import type {Theme} from './palette.js';

/** How opaque the faces of the selected part are, as on the page. */
const cutFaces = {side: 0.4, top: 0.28, front: 0.55} as const;

/** The hypercube for a picture file; on the page it is SVG. */
export function cubePaint(spec: CubeSpec, theme: Theme): Paint {
  return (pen, width, height) => {
    const layout = cubeLayout(spec, width, height);
    pen.lineJoin = 'round';
    pen.lineWidth = layout.pitch < 5 ? 0.4 : 1;
    paintAxes(pen, layout, spec, theme);
    spec.slabs.forEach(({rows}, slab) => {
      const box = cubeBox(layout, slab, [0, rows]);
      for (const face of ['side', 'top', 'front'] as const)
        paintFace(pen, box[face], {
          fill: face === 'front' ? theme.panel : theme.raised,
          line: theme.lineStrong,
        });
      pen.strokeStyle = theme.line;
      tracePath(pen, rowLines(layout, slab, rows) + depthLines(layout, slab, spec.depths));
      pen.stroke();
      paintCut(pen, layout, {spec, slab, rows, theme});
    });
  };
}

function paintCut(
  pen: Pen,
  layout: CubeLayout,
  {spec, slab, rows, theme}: {spec: CubeSpec; slab: number; rows: number; theme: Theme},
): void {
  const cut = spec.cuts.find(other => other.slab === slab);
  for (const row of cut?.rows ?? (cut ? [{from: 0, to: rows - 1}] : [])) {
    // The far parts first, so that the near ones are drawn over them.
    for (const depth of cut?.depths.toReversed() ?? []) {
      const depths = [depth.from / spec.depths, (depth.to + 1) / spec.depths] as const;
      const box: CubeBox = cubeBox(layout, slab, [row.from, Math.min(rows, row.to + 1)], depths);
      for (const face of ['side', 'top', 'front'] as const)
        paintFace(pen, box[face], {fill: theme.accent, line: theme.accent, alpha: cutFaces[face]});
    }
  }
}

function paintFace(
  pen: Pen,
  path: string,
  {fill, line, alpha = 1}: {fill: string; line: string; alpha?: number},
): void {
  tracePath(pen, path);
  pen.fillStyle = fill;
  pen.globalAlpha = alpha;
  pen.fill();
  pen.globalAlpha = 1;
  pen.strokeStyle = line;
  pen.stroke();
}

function paintAxes(pen: Pen, layout: CubeLayout, {slabs}: CubeSpec, theme: Theme): void {
  const longest = Math.max(0, ...slabs.map(({label}) => label.length));
  const every = Math.ceil((8 + 6 * longest) / layout.pitch);
  pen.font = chartFont(11);
  pen.fillStyle = theme.inkFaint;
  pen.textAlign = 'right';
  pen.textBaseline = 'middle';
  for (const row of rowTicks(layout)) pen.fillText(String(row), layout.left - 4, rowTop(layout, row));
  pen.textAlign = 'center';
  pen.textBaseline = 'top';
  slabs.forEach(({label}, slab) => {
    if (slab % every !== 0) return;
    pen.fillText(label, slabLeft(layout, slab) + layout.front / 2, layout.top + layout.height + 4);
  });
}

/** Begins the path that an SVG path's text describes, as far as the cube writes it: M, L, h and Z. */
function tracePath(pen: Pen, path: string): void {
  pen.beginPath();
  let [x, y] = [0, 0];
  let start: readonly [number, number] = [0, 0];
  for (const [, command, text = ''] of path.matchAll(/([MLhZ])([^MLhZ]*)/g)) {
    const numbers = text.split(' ').map(Number);
    if (command === 'Z') [x, y] = start;
    else if (command === 'h') x += numbers[0] ?? 0;
    else [x, y] = [numbers[0] ?? 0, numbers[1] ?? 0];
    if (command === 'M') {
      start = [x, y];
      pen.moveTo(x, y);
    } else pen.lineTo(x, y);
  }
}
