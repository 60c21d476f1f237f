import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import type {Browser, Page} from 'playwright-core';
import type {LineSeries, LineSpec} from '#ui/charts/line-spec.js';
import {launchChromium} from '../../support/chromium.js';

/**
 * uPlot draws at whole pixels, the paint between them: lines may be a pixel apart. A few pixels may be farther, where uPlot
 * cuts a line off beside a gap.
 */
const tolerance = {share: 0.02, pixels: 4};

const origin = 'http://charts.test';
const modules = {
  preact: '/node_modules/preact/dist/preact.module.js',
  'preact/hooks': '/node_modules/preact/hooks/dist/hooks.module.js',
  'preact/jsx-runtime': '/node_modules/preact/jsx-runtime/dist/jsxRuntime.module.js',
  'fastest-levenshtein': '/node_modules/fastest-levenshtein/esm/mod.js',
};
/** Draws a chart by uPlot, as the page does, and by the paint of files; tells how far their lines are apart. */
const html = `<!doctype html><script type="importmap">${JSON.stringify({imports: modules})}</script>
<script type="module">
import uPlot from '/node_modules/uplot/dist/uPlot.esm.js';
import {paintCanvas} from '/dist/ui/charts/canvas.js';
import {lineData, lineOptions} from '/dist/ui/charts/line-options.js';
import {linePaint} from '/dist/ui/charts/line-paint.js';
import {light} from '/dist/ui/charts/palette.js';

const size = {width: 420, height: 220};
/** Places with the colour of a line, red or blue, on white; texts, grid and axes are grey. */
function coloured(canvas) {
  const white = Object.assign(document.createElement('canvas'), size).getContext('2d');
  white.fillStyle = 'white';
  white.fillRect(0, 0, size.width, size.height);
  white.drawImage(canvas, 0, 0);
  const {data, width} = white.getImageData(0, 0, size.width, size.height);
  const found = [];
  for (let i = 0; i < data.length; i += 4) {
    const [r, g, b] = data.slice(i, i + 3);
    if (Math.max(r, g, b) - Math.min(r, g, b) > 30)
      found.push({x: (i / 4) % width, y: Math.floor(i / 4 / width), colour: r > b ? 'red' : 'blue'});
  }
  return found;
}
/** Distances from each place of one to the nearest of the same colour of the other. */
function distances(from, to) {
  return from.map(a => {
    const same = to.filter(b => a.colour === b.colour);
    return Math.min(...same.map(b => Math.max(Math.abs(a.x - b.x), Math.abs(a.y - b.y))));
  });
}
window.compare = async (spec, shift) => {
  const host = document.body.appendChild(document.createElement('div'));
  const plot = new uPlot(lineOptions(spec, light, size), lineData(spec), host);
  await new Promise(resolve => setTimeout(resolve));
  const canvas = document.createElement('canvas');
  const paint = linePaint(spec, light);
  paintCanvas(canvas, {...size, ratio: 1, paint: (context, width, height) => {
    context.translate(shift, shift);
    paint(context, width, height);
  }});
  const [page, file] = [coloured(plot.ctx.canvas), coloured(canvas)];
  plot.destroy();
  host.remove();
  const all = [...distances(page, file), ...distances(file, page)];
  const share = all.filter(distance => distance > 1).length / all.length;
  return {page: page.length, file: file.length, share, pixels: Math.max(...all)};
};
window.ready = true;
</script>`;

let browser: Browser;
let page: Page;

test.before(async () => {
  browser = await launchChromium();
  page = await browser.newPage({deviceScaleFactor: 1});
  await page.route(`${origin}/**`, async route => {
    const {pathname} = new URL(route.request().url());
    if (pathname === '/') return route.fulfill({contentType: 'text/html', body: html});
    const body = await readFile(join('.', pathname));
    return route.fulfill({contentType: 'text/javascript', body});
  });
  await page.goto(origin);
  await page.waitForFunction('window.ready');
});

test.after.always(async () => {
  await browser?.close();
});

interface Compared {
  page: number;
  file: number;
  /** Share of their pixels that are more than one from the other's, and the farthest of them. */
  share: number;
  pixels: number;
}

interface Charts {
  compare: (spec: LineSpec, shift: number) => Promise<Compared>;
}

const compare = (spec: LineSpec, shift = 0) =>
  page.evaluate(([of, by]) => (globalThis as unknown as Charts).compare(of, by), [spec, shift] as const);

const line = (values: LineSeries['values'], more: Partial<LineSeries> = {}): LineSeries => ({
  label: 'line',
  colour: '#e00000',
  values,
  ...more,
});
const upTo = (count: number) => Array.from({length: count}, (_, i) => i);
const wave = (count: number, phase = 0) => upTo(count).map(i => 2 + Math.sin(i / 3 + phase));
const base = {xLabel: 'epoch', yLabel: 'bits'};

const specs: Record<string, LineSpec> = {
  'two lines': {
    ...base,
    x: upTo(12),
    series: [line(wave(12)), line(wave(12, 2), {colour: '#0000e0', emphasis: 'strong'})],
  },
  'a gap, and a point between two gaps': {
    ...base,
    x: upTo(9),
    series: [line([1, 2, null, 3, null, 4, 5, 4, null])],
  },
  'many epochs with gaps, where lone points alone are drawn': {
    ...base,
    x: upTo(60),
    series: [line(wave(60).map((value, i) => (i % 10 === 4 || i % 10 === 6 ? null : value)))],
  },
  'a smoothed line over its raw values': {
    ...base,
    x: upTo(40),
    series: [line(wave(40), {raw: wave(40).map((value, i) => value + (i % 2 ? 0.5 : -0.5))})],
  },
  'a single epoch': {...base, x: [7], series: [line([1.5])]},
  'a flat line': {...base, x: upTo(5), series: [line([3, 3, 3, 3, 3])]},
  'a fixed scale that is left': {...base, x: upTo(6), yDomain: [0, 2], series: [line([0, 1, 2, 1, 0.5, 2])]},
  'values below 0, far from even epochs': {
    ...base,
    x: [0, 1, 4, 9, 30, 31],
    series: [line([-3, -1, -2, 0.5, 1, -4])],
  },
  'a faint and a dashed line, without labels': {
    ...base,
    xLabel: null,
    x: upTo(30),
    series: [line(wave(30), {emphasis: 'faint'}), line(wave(30, 1), {colour: '#0000e0', dashed: true})],
  },
  'a line that passes over the epochs of another': {
    ...base,
    x: upTo(8),
    series: [
      line([1, undefined, 3, undefined, undefined, 2, 2.5, undefined]),
      line(wave(8), {colour: '#0000e0'}),
    ],
  },
};

for (const [name, spec] of Object.entries(specs)) {
  test.serial(`a file shows the lines where the page does: ${name}`, async t => {
    const {page: onPage, file, share, pixels} = await compare(spec);
    t.true(onPage > 10 && file > 10, `${onPage} and ${file} pixels`);
    t.true(share <= tolerance.share && pixels <= tolerance.pixels, `${share} of them, up to ${pixels} apart`);
    const moved = await compare(spec, 3);
    t.true(moved.share > 5 * tolerance.share, `${moved.share} where the drawing is moved by 3 pixels`);
  });
}
