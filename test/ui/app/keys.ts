import {readdirSync, readFileSync} from 'node:fs';
import test from 'ava';
import {viewIds} from '#ui/model/views.js';
import {keyHelp} from '#ui/app/keys.js';

/** Section of the help for the keys that a file handles; a file that handles keys must be here. */
const sectionOf: Record<string, string> = {
  'app/keyboard.ts': 'Anywhere',
  'charts/grid-canvas.tsx': 'Matrix, heatmap, grids',
  'charts/grid-walk.ts': 'Matrix, heatmap, grids',
  'charts/zoom-buttons.tsx': 'Matrix, heatmap, grids',
  'charts/multiples.tsx': 'Small charts, circles',
  'charts/circles.tsx': 'Small charts, circles',
  'charts/bar-chart.tsx': 'Bars',
  'views/query/architecture-panel.tsx': 'Architecture',
  'views/query/hypercube.tsx': 'Hypercube, classes, epochs',
  'charts/cube-gestures.ts': 'Hypercube, classes, epochs',
  'charts/range-strip.tsx': 'Hypercube, classes, epochs',
  'views/query/use-suggestions.ts': 'Query',
  'views/channels/channel-drawer.tsx': 'Opened channel',
  'app/epoch-bar.tsx': 'Epoch number',
  'app/run-table.tsx': 'Runs',
  // Escape closes a menu: what is open.
  'kit/menu.tsx': 'Anywhere',
  'kit/panel.tsx': 'A panel',
};

/** Keys that press a focused button, without a handler of ours. */
const pressing = ['Enter', ' '];

const names = /\b(?:Arrow(?:Left|Right|Up|Down)|Home|End|Enter|Escape|Tab|PageUp|PageDown|Delete)\b/g;
/** Keys that zoom. */
const zooming = /(?<=')[-+0](?=')/g;

/** A letter that a key is compared with. */
const letters = /(?<=event\.key [!=]== ')[a-z](?=')/g;

/** The keys that are compared with, that a table of actions has, or that a step is made of. */
function keysIn(source: string): string[] {
  const code = source.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
  const signs = [...code.matchAll(/^\s*'(.)': (?=\(\)|toggle)/gm)].map(match => match[1]!);
  const ways = /arrowStep\([^)]*\)\?\.right/.test(code) ? ['Left', 'Right'] : ['Left', 'Right', 'Up', 'Down'];
  const steps = code.includes('arrowStep(') ? ways.map(way => `Arrow${way}`) : [];
  const views = code.includes('viewIds.map(') ? viewIds.map((_, i) => String(i + 1)) : [];
  return [
    ...new Set([
      ...(code.match(names) ?? []),
      ...(code.match(zooming) ?? []),
      ...(code.match(letters) ?? []),
      ...signs,
      ...steps,
      ...views,
    ]),
  ].sort();
}

const files = readdirSync('src/ui', {recursive: true, encoding: 'utf8'}).filter(name => /\.tsx?$/.test(name));
const handlers = files.filter(name => /\bevent\.key\b(?!\w)/.test(readFileSync(`src/ui/${name}`, 'utf8')));

test('the help lists every key that a file handles', t => {
  t.deepEqual(
    handlers.filter(name => sectionOf[name] === undefined),
    [],
  );
  for (const name of handlers) {
    const section = keyHelp.find(({where}) => where === sectionOf[name]);
    const listed = section?.keys.flatMap(({keys}) => keys) ?? [];
    for (const key of keysIn(readFileSync(`src/ui/${name}`, 'utf8'))) {
      t.true(
        listed.includes(key),
        `${name} handles ${JSON.stringify(key)}, ${sectionOf[name]} does not tell it`,
      );
    }
  }
});

test('the help lists no key that nothing handles', t => {
  for (const {where, keys} of keyHelp) {
    const own = handlers.filter(name => sectionOf[name] === where);
    const handled = own.flatMap(name => keysIn(readFileSync(`src/ui/${name}`, 'utf8')));
    for (const key of keys.flatMap(({keys: list}) => list)) {
      const bare = key.replace('Shift+', '');
      t.true(handled.includes(bare) || pressing.includes(bare), `${where}: ${key}`);
    }
  }
});
