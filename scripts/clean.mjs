// Removes all build output: npm run clean
import {rmSync} from 'node:fs';

for (const made of ['dist', 'build', '.wireit', 'src/shared/notation/grammar.js']) {
  rmSync(new URL(`../${made}`, import.meta.url), {recursive: true, force: true});
}
