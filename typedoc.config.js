// The docs site, `npm run docs`: the doc blocks of every public entry, and the guides (docs/decisions/docs-site.md).
import {existsSync, readFileSync} from 'node:fs';

const {exports} = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

/** The sources of what package.json exports, so that a new entry is in the docs without being listed here. */
const entryPoints = Object.values(exports)
  .map(entry => entry.import?.types.replace('./dist/', 'src/').replace('.d.ts', '.ts'))
  .filter(path => path !== undefined && existsSync(new URL(path, import.meta.url)));

/** @type {Partial<import('typedoc').TypeDocOptions>} */
export default {
  name: 'CNNSlicer',
  includeVersion: true,
  entryPoints,
  tsconfig: 'tsconfig.json',
  out: 'build/site',
  readme: 'README.md',
  projectDocuments: [
    'CONTRIBUTING.md',
    'CHANGELOG.md',
    'SECURITY.md',
    'examples/README.md',
    'docs/*.md',
    'docs/reproduction/README.md',
    'docs/decisions/*.md',
  ],
  plugin: ['./scripts/docs/pages.mjs'],
  customCss: 'scripts/docs/site.css',
  displayBasePath: '.',
  headings: {readme: false, document: false},
  preservedTypeAnnotationTags: ['@throws'],
  hideGenerator: true,
  githubPages: false,
  searchInComments: true,
  searchInDocuments: true,
  excludeExternals: true,
  includeHierarchySummary: false,
  groupOrder: ['Guides', 'Modules', 'Project', 'Decisions', '*'],
  navigation: {includeGroups: true, includeFolders: false},
  sort: ['source-order'],
  highlightLanguages: ['bash', 'javascript', 'typescript', 'json', 'python', 'sql'],
  requiredToBeDocumented: [
    'Module',
    'Enum',
    'Variable',
    'Function',
    'Class',
    'Interface',
    'Method',
    'Accessor',
    'TypeAlias',
  ],
  validation: {
    notDocumented: true,
    invalidLink: true,
    invalidPath: true,
    // A type that a signature names and no entry exports is shown by its name; what is exported is decided elsewhere.
    notExported: false,
  },
  // Four formats, one signature: RESULT_FORMATS says what it does.
  intentionallyNotDocumented: ['json', 'csv', 'parquet', 'arrow'].map(
    format => `cnnslicer/analysis.RESULT_FORMATS.__type.${format}.__type.encodeChunks`,
  ),
  treatWarningsAsErrors: true,
};
