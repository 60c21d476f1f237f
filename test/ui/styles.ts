import {readFileSync, readdirSync} from 'node:fs';
import {basename, join} from 'node:path';
import test from 'ava';

const folder = 'src/ui';
const paths = readdirSync(folder, {recursive: true, encoding: 'utf8'}).sort();
const read = (path: string): string => readFileSync(join(folder, path), 'utf8');

/** Every style sheet without its comments, by its path under src/ui. */
const sheets = paths
  .filter(path => path.endsWith('.css'))
  .map(path => ({path, text: read(path).replace(/\/\*[\s\S]*?\*\//g, '')}));
const modules = sheets.filter(({path}) => path.endsWith('.module.css'));
const sources = paths
  .filter(path => /\.tsx?$/.test(path) && !path.endsWith('.d.css.ts'))
  .map(path => ({path, text: read(path)}));

/** The words after a dot in the selectors before each `{`. */
function classesIn(text: string): string[] {
  const selectors = text.match(/[^{};]+(?=\{)/g)?.filter(selector => !selector.trim().startsWith('@')) ?? [];
  const names = selectors.flatMap(selector => selector.match(/\.[a-z][\w-]*/g) ?? []);
  return [...new Set(names.map(name => name.slice(1)))];
}

/** The classes that a sheet defines, and not those of others that it speaks of. */
const ownClasses = (text: string): string[] => classesIn(text.replace(/:global\([^)]*\)/g, ''));

/** What vite.config.ts calls the class of a module on the page. */
function pageName(path: string, local: string): string {
  const component = basename(path, '.module.css');
  return local === 'root' ? component : `${component}-${local}`;
}

/** Each class as the page has it, with the sheet that defines it. */
const defined = sheets.flatMap(({path, text}) =>
  ownClasses(text).map(local => ({
    path,
    name: path.endsWith('.module.css') ? pageName(path, local) : local,
  })),
);
const definedNames = new Set(defined.map(({name}) => name));

test('no class of the page is defined in two sheets', t => {
  t.true(defined.length > 150);
  const twice = defined.filter(({name}, i) => defined.findIndex(other => other.name === name) !== i);
  t.deepEqual(twice, []);
});

test('every class that a sheet defines is used', t => {
  const unused = [];
  for (const {path, text} of modules) {
    const users = sources.flatMap(source => {
      const name = new RegExp(`import \\* as (\\w+) from '[./\\w-]*/${basename(path)}'`).exec(
        source.text,
      )?.[1];
      return name === undefined ? [] : [{name, text: source.text}];
    });
    for (const local of ownClasses(text)) {
      const property = local.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
      const uses = ({name, text: source}: {name: string; text: string}): boolean =>
        new RegExp(`\\b${name}\\.${property}\\b`).test(source);
      if (!users.some(uses)) unused.push(pageName(path, local));
    }
  }
  for (const local of ownClasses(sheets.find(({path}) => path === 'styles/base.css')?.text ?? '')) {
    const written = new RegExp(`class=("|{\`)[^"\`]*\\b${local}\\b`);
    if (!sources.some(({text}) => written.test(text))) unused.push(local);
  }
  t.deepEqual(unused, []);
});

test('every class that is written out as a word is defined', t => {
  const unknown = [];
  for (const {path, text} of sources) {
    // Of a component's own sheet or another's, a class that is not there is a type error.
    for (const [, list = ''] of text.matchAll(/class=(?:"|{`)([^"`]*)["`]/g)) {
      const words = list.replace(/\$\{[^}]*\}/g, '').split(/\s+/).filter(Boolean); // prettier-ignore
      unknown.push(...words.filter(word => !definedNames.has(word)).map(word => `${path}: ${word}`));
    }
  }
  for (const {path, text} of modules) {
    const others = [...text.matchAll(/:global\(\.([\w-]+)\)/g)].map(([, name = '']) => name);
    unknown.push(...others.filter(name => !definedNames.has(name)).map(name => `${path}: ${name}`));
  }
  t.deepEqual(unknown, []);
});

test('every class that a browser test selects by is defined, so that none waits for what never comes', t => {
  const selectors =
    /\b(?:locator|click|fill|press|inputValue|waitForSelector|querySelector(?:All)?|closest|matches|\$\$?eval|seen|ready:)\(?\s*(?:<\w+>\()?(['"`])((?:(?!\1).)*)\1/g;
  const files = ['test/ui', 'test/support'].flatMap(folder =>
    readdirSync(folder).filter(name => name.endsWith('.ts')).map(name => join(folder, name)),
  ); // prettier-ignore
  const unknown = [];
  let selected = 0;
  for (const path of [...files, 'scripts/screenshots.mjs']) {
    for (const [, , selector = ''] of readFileSync(path, 'utf8').matchAll(selectors)) {
      // `uplot` and `u-over` are the chart library's.
      const names = classesIn(`${selector.replace(/\$\{[^}]*\}|\[[^\]]*\]/g, '')} {`).filter(name => !/^u-|^uplot$/.test(name)); // prettier-ignore
      selected += names.length;
      unknown.push(...names.filter(name => !definedNames.has(name)).map(name => `${path}: ${name}`));
    }
  }
  t.true(selected > 100, `${selected}`);
  t.deepEqual(unknown, []);
});

test('every sheet is in the layer of its folder, so that a view overrides a chart and never the other way', t => {
  const layers = modules.map(({path, text}) => [path, /^\s*@layer (\w+) \{/.exec(text)?.[1]]);
  t.deepEqual(
    layers,
    modules.map(({path}) => [path, path.split('/')[0]]),
  );
  t.regex(read('styles/base.css'), /^@layer library, base, kit, charts, views, app;/);
});

test('colours are in charts/palette.ts alone; sheets speak of its properties', t => {
  const colour = /#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklab|oklch)a?\(|: (?:white|black|red|gr[ae]y)\b/i;
  for (const {path, text} of sheets) t.notRegex(text, colour, path);
  for (const {path, text} of sources) {
    // A pen is black until it is given a colour, as that of a canvas is.
    if (!['charts/palette.ts', 'charts/svg-pen.ts'].includes(path))
      t.notRegex(text, /['"`]#[0-9a-f]{6}/i, path);
  }
  const properties = new Set(
    [...read('charts/palette.ts').matchAll(/^ {2}(\w+): string;/gm)].map(
      ([, name = '']) => `--${name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`,
    ),
  );
  for (const token of read('styles/base.css').matchAll(/^ +(--[\w-]+):/gm)) properties.add(token[1] ?? '');
  const placed = ['--scale', '--label', '--cell', '--current', '--hovered'];
  for (const {path, text} of sheets) {
    const asked = [...text.matchAll(/var\((--[\w-]+)/g)].map(([, name = '']) => name);
    t.deepEqual(asked.filter(name => !properties.has(name) && !placed.includes(name)), [], path); // prettier-ignore
  }
});

test('text has the sizes, and adjacent elements have the gaps, that the base sheet names', t => {
  for (const {path, text} of sheets) {
    for (const [declaration] of text.matchAll(/font-size: [^;]*/g)) {
      t.regex(declaration, /^font-size: var\(--text-(s|m|l|xl|xxl)\)$/, path);
    }
    for (const [declaration, value = ''] of text.matchAll(/\bgap: ([^;]*)/g)) {
      for (const gap of value.split(' ')) t.regex(gap, /^var\(--gap-[0-5]\)$/, `${path}: ${declaration}`);
    }
  }
});
