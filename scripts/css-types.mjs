// Declares what each CSS module of the viewer exports, beside it: a class that a sheet does not define is a type error.
import {readFileSync, readdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';

const folder = 'src/ui';
for (const path of readdirSync(folder, {recursive: true, encoding: 'utf8'})) {
  if (!path.endsWith('.module.css')) continue;
  const sheet = readFileSync(join(folder, path), 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/:global\([^)]*\)/g, '');
  const classes = new Set(Array.from(sheet.matchAll(/\.([a-z][\w-]*)(?=[^{}]*\{)/g), ([, name]) => name));
  const names = [...classes].map(name => name.replace(/-([a-z])/g, (_, letter) => letter.toUpperCase()));
  const declarations = names.sort().map(name => `export const ${name}: string;\n`);
  writeFileSync(join(folder, path.replace(/\.css$/, '.d.css.ts')), declarations.join(''));
}
