// npm run example NAME: runs a built example from the folder that one is in; its runs go to ./runs.
import {existsSync, readdirSync} from 'node:fs';

const [name, ...rest] = process.argv.slice(2);
const script = new URL(`../build/examples/${name}.js`, import.meta.url);
if (name === undefined || !existsSync(script)) {
  const examples = readdirSync(new URL('../examples/', import.meta.url)).filter(file => file.endsWith('.ts'));
  console.error(`npm run example NAME, where NAME is ${examples.map(file => file.slice(0, -3)).join(', ')}`);
  process.exit(2);
}
process.argv.splice(1, Infinity, script.pathname, ...rest);
await import(script);
