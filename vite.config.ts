import {readFileSync} from 'node:fs';
import {basename} from 'node:path';
import {defineConfig} from 'vite';
import {readMeasureTexts} from './src/shared/measure-texts.js';

const {version} = JSON.parse(readFileSync('package.json', 'utf8')) as {version: string};

export default defineConfig({
  root: 'src/ui',
  base: './',
  oxc: {jsx: {runtime: 'automatic', importSource: 'preact'}},
  // What an exported figure names as the program that made it.
  plugins: [
    {
      name: 'generator',
      transformIndexHtml: () => [
        {tag: 'meta', attrs: {name: 'generator', content: `CNNSlicer ${version}`}, injectTo: 'head'},
      ],
    },
    // What panels say of their measures has one source, the documentation.
    {
      name: 'measures',
      generateBundle() {
        const source = JSON.stringify(readMeasureTexts(readFileSync('docs/measures.md', 'utf8')));
        this.emitFile({type: 'asset', fileName: 'measures.json', source});
      },
    },
  ],
  css: {
    modules: {
      localsConvention: 'camelCaseOnly',
      // A class is named for its component on the page, too: `root` of panel.module.css is panel, `head` panel-head.
      generateScopedName: (local, file) => {
        const component = basename(file, '.module.css');
        return local === 'root' ? component : `${component}-${local}`;
      },
    },
  },
  build: {
    outDir: '../../dist/viewer',
    emptyOutDir: true,
    target: 'es2023',
    // The server's content policy allows no data: addresses and no inline scripts.
    assetsInlineLimit: 0,
    modulePreload: {polyfill: false},
    // The licences of what is bundled, which their texts ask to be handed on.
    license: {fileName: 'third-party-notices.md'},
  },
});
