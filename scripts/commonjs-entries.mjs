// Writes the CommonJS entry next to each entry of the package: index.cjs, which requires the ES module, and its types. These
// name everything one by one, as TypeScript lets a CommonJS file under `node16` take nothing else from an ES module.
import {readFileSync, writeFileSync} from 'node:fs';
import {basename} from 'node:path';
import ts from 'typescript';

const {exports} = JSON.parse(readFileSync('package.json', 'utf8'));
const entries = Object.values(exports)
  .map(entry => entry.import?.types)
  .filter(Boolean);
const program = ts.createProgram(entries, {
  module: ts.ModuleKind.NodeNext,
  target: ts.ScriptTarget.ES2023,
  skipLibCheck: true,
  types: [],
});
const checker = program.getTypeChecker();
for (const entry of entries) {
  const base = entry.replace(/\.d\.ts$/, '');
  writeFileSync(`${base}.cjs`, `module.exports = require('./${basename(base)}.js');\n`);
  writeFileSync(`${base}.d.cts`, commonJsTypes(entry));
}

function commonJsTypes(entry) {
  const from = `./${basename(entry, '.d.ts')}.js`;
  const module = checker.getSymbolAtLocation(program.getSourceFile(entry));
  const symbols = module ? checker.getExportsOfModule(module) : []; // an entry that is imported for what it does
  const of = "with {'resolution-mode': 'import'}";
  const types = [];
  const lines = [];
  for (const {name, flags, ...symbol} of symbols.map(resolved)) {
    if (!(flags & ts.SymbolFlags.Value)) {
      types.push(name);
      continue;
    }
    lines.push(`${docBlock(symbol)}declare const ${name}: typeof esm.${name};`);
    if (flags & ts.SymbolFlags.Type) lines.push(`type ${name} = esm.${name};`);
    lines.push(`export {${name}};`);
  }
  if (lines.length > 0) lines.unshift(`import type * as esm from '${from}' ${of};`);
  if (types.length > 0) lines.push(`export type {${types.join(', ')}} from '${from}' ${of};`);
  return `${lines.length > 0 ? lines.join('\n') : 'export {};'}\n`;
}

function resolved(symbol) {
  const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  return {name: symbol.name, flags: target.flags, declarations: target.declarations ?? []};
}

function docBlock({declarations}) {
  const [block] = declarations.flatMap(node => ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc));
  return block ? `${block.getText()}\n` : '';
}
