import test from 'ava';
import {frameBetween} from '#ui/charts/circles-motion.js';
import {circlesPaint} from '#ui/charts/circles-paint.js';
import {inkOnColour, shadesOf} from '#ui/charts/circles-shade.js';
import {
  cameraOf,
  keyCircle,
  keyStrip,
  projectionOf,
  rimName,
  rimRadius,
  slotName,
  type CirclesSpec,
} from '#ui/charts/circles-spec.js';
import {light} from '#ui/charts/palette.js';
import {SvgPen} from '#ui/charts/svg-pen.js';
import {packing, radiusOf} from '#ui/model/packing.js';
import {closeTo} from '../../support/close-to.js';

const packed = packing([4, 1, 2, null], {groups: 2});
const spec: CirclesSpec = {
  packing: packed,
  groups: [
    {name: 'all', shortName: 'all', colour: '#646b77'},
    {name: '6 <truck>', shortName: '6', colour: '#fa2b15'},
  ],
  slotNames: ['0', '1', '2', '3'],
  radii: Float64Array.of(2, 1, 1.4, Number.NaN, 1, 0, 1, Number.NaN).map(value => value * packed.unit),
  colours: Array<string>(8).fill('#4481c2'),
  key: [4, 2, 1, 0.05].map(value => ({radius: radiusOf(value, packed), label: `${value} bits`})),
  markedSlot: null,
};
const size = {width: 500, height: 400};

test('the camera shows all groups above the strip of the key, and a zoom one of them', t => {
  for (const zoom of [null, 0, 1]) {
    const {toX, toY, scale} = projectionOf(cameraOf(packed, zoom, size), size);
    const shown = zoom === null ? packed.groups : packed.groups.slice(zoom, zoom + 1);
    for (const group of shown) {
      const [x, y, r] = [toX(group.x), toY(group.y), rimRadius(group, scale)];
      t.true(x - r >= 0 && x + r <= size.width);
      t.true(y - r >= 0 && y + r <= size.height - keyStrip);
    }
  }
});

test('a place in the drawing is the place in the packing that is drawn there', t => {
  const projected = projectionOf(cameraOf(packed, 1, size), size);
  closeTo(t, projected.fromX(projected.toX(0.7)), 0.7, 1e-12);
  closeTo(t, projected.fromY(projected.toY(-0.3)), -0.3, 1e-12);
});

test('the key is the largest round value whose circle fits its strip', t => {
  t.is(keyCircle(spec, 10 / packed.unit)?.label, '1 bits');
  t.is(keyCircle(spec, 6 / packed.unit)?.label, '4 bits');
  t.is(keyCircle(spec, 1000 / packed.unit), null);
  t.is(keyCircle(spec, 0.1), null);
});

test('a name that does not fit gives way to the short one, then to none', t => {
  const group = {name: 'automobile', shortName: '1', colour: '#000000'};
  t.is(rimName(group, 40, 16), 'automobile');
  t.is(rimName(group, 12, 16), '1');
  t.is(rimName(group, 40, 5), null);
  t.is(rimName({...group, value: '2.31'}, 60, 16), 'automobile · 2.31');
  t.is(rimName({...group, value: '2.31'}, 24, 16), '1 · 2.31');
  t.is(slotName('128', 20), '128');
  t.is(slotName('128', 9), null);
});

test('shades go from darker to lighter around their colour, and ink reads on both ends', t => {
  const shades = shadesOf('#4481c2', 5);
  t.is(new Set(shades).size, 5);
  t.is(inkOnColour('#ffffff'), '#10151d');
  t.is(inkOnColour('#0b1220'), '#ffffff');
  t.is(shadesOf('#4481c2', 1).length, 1);
});

test('half way circles are half way; those without area at one end are where they are going', t => {
  const camera = cameraOf(packed, null, size);
  const from = {camera, radii: Float64Array.of(1, 0, Number.NaN)};
  const to = {camera: cameraOf(packed, 1, size), radii: Float64Array.of(2, 3, 1)};
  t.deepEqual([...frameBetween(from, to, 0.5).radii], [1.5, 3, 1]);
  t.is(frameBetween(from, to, 1), to);
  const start = frameBetween(from, to, 0).camera;
  closeTo(t, start.width, camera.width, 1e-9);
  closeTo(t, start.x, camera.x, 1e-9);
});

test('the SVG has a circle per item, dashed where undefined, with areas in proportion and names escaped', t => {
  const ruler = {font: '', measureText: (text: string) => ({width: 6 * text.length})};
  const pen = new SvgPen(ruler as unknown as CanvasRenderingContext2D);
  circlesPaint(spec, cameraOf(packed, null, size), light)(pen, size.width, size.height);
  const svg = pen.toSvg(size.width, size.height);
  // A rim is filled and has a line.
  t.is(svg.match(/<circle /g)?.length, 2 * 2 + 8 + 1);
  t.is(svg.match(/stroke-dasharray/g)?.length, 2);
  t.is(svg.match(/<g[ >]/g)?.length, svg.match(/<\/g>/g)?.length);
  t.true(svg.includes('<title>6 &lt;truck&gt;</title>'));
  t.false(svg.includes('NaN'));
  const radii = [...svg.matchAll(/r="([\d.]+)" fill="#4481c2"/g)].map(match => Number(match[1]));
  closeTo(t, ((radii[0] ?? 0) / (radii[1] ?? 1)) ** 2, 4, 0.02);
});
