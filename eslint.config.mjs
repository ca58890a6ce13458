import tseslint from 'typescript-eslint';
import { LAYERS } from './tools/layers.mjs';

const SCOPE = '@archon-dse/';

/** Imports a folder may not make: workspace packages outside its row of the table, files of other packages, node:* where banned. */
function bannedImports({ imports, node }, isTest) {
  const allowed = isTest ? [...imports, 'testing'] : imports;
  const others = allowed.length > 0 ? `(?!(${allowed.join('|')})(/|$))` : '';
  const patterns = [
    {
      regex: `^(${SCOPE}${others}|archon-dse(/|$))`,
      message: 'Not a layer below this package; see ARCHITECTURE.md and tools/layers.mjs.',
    },
    { regex: '^(\\.\\./)+([^/]+/){1,3}(src|dist)/', message: 'Import another package by its name.' },
  ];
  if (!node && !isTest) {
    patterns.push({ regex: '^node:', message: 'This layer is free of Node; see ARCHITECTURE.md.' });
    patterns.push({ regex: `^${SCOPE}core/files$`, message: 'This layer touches no files; see ARCHITECTURE.md.' });
  }
  return patterns;
}

/** Tests, and what they share. */
const TESTS = ['**/*.test.ts', '**/test-fixtures.ts'];

const PURE_SYNTAX = [
  { selector: "MemberExpression[object.name='Math'][property.name='random']", message: 'Use the seeded generator.' },
  {
    selector: "MemberExpression[object.name='Date'][property.name='now']",
    message: 'Results must not depend on the clock.',
  },
  { selector: "Identifier[name='console']", message: 'Only the CLI prints.' },
];

/** Rows with `*` come first, as the last block that fits a file decides. */
const ROWS = Object.entries(LAYERS).sort(([a], [b]) => Number(b.includes('*')) - Number(a.includes('*')));

/** Rules that ask the compiler for types. */
const TYPED_RULES = [
  'await-thenable',
  'no-array-delete',
  'no-duplicate-type-constituents',
  'no-floating-promises',
  'no-for-in-array',
  'no-implied-eval',
  'no-misused-promises',
  'no-redundant-type-constituents',
  'no-unnecessary-condition',
  'no-unnecessary-template-expression',
  'no-unnecessary-type-arguments',
  'no-unnecessary-type-assertion',
  'no-unsafe-enum-comparison',
  'only-throw-error',
  'prefer-promise-reject-errors',
  'restrict-plus-operands',
  'return-await',
  'use-unknown-in-catch-callback-variable',
];

/** A layer with Node in one folder only is two: that folder, and the rest. */
const SOURCES = ROWS.flatMap(([folder, { imports, node }]) => {
  const all = { folder, sources: `${folder}/src`, imports, node: node === true };
  if (typeof node === 'boolean') return [all];
  return [all, { folder: `${folder}/${node}`, sources: `${folder}/src/${node}`, imports, node: true }];
});

const layerBlocks = SOURCES.flatMap(({ folder, sources, ...layer }) => [
  {
    name: `layers/${folder}`,
    files: [`${sources}/**/*.{ts,tsx}`],
    ignores: TESTS,
    rules: {
      'no-restricted-imports': ['error', { patterns: bannedImports(layer, false) }],
      'no-restricted-syntax': layer.node ? 'off' : ['error', ...PURE_SYNTAX],
    },
  },
  {
    name: `layers/${folder}/tests`,
    files: TESTS.map((name) => `${sources}/${name}`),
    rules: { 'no-restricted-imports': ['error', { patterns: bannedImports(layer, true) }] },
  },
]);

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '**/node_modules/**',
      '.nx/**',
      'test/fixtures/**',
      '**/archon-out/**',
      'packages/host/cli/{docs,sweeps}/**',
    ],
  },
  ...tseslint.configs.strict,
  {
    name: 'style',
    files: ['**/*.{ts,tsx}'],
    rules: {
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      complexity: ['error', 16],
      'max-depth': ['error', 4],
      'max-params': ['error', 5],
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: false } }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
    },
  },
  ...[
    ['{packages,plugins,docs/examples,test,tools}/**/*.ts', 'tsconfig.test.json'],
    ['packages/host/report/src/page/**/*.tsx', 'packages/host/report/src/page/tsconfig.json'],
  ].map(([files, project]) => ({
    name: 'types: promises, cases and conditions that the compiler lets pass',
    files: [files],
    languageOptions: { parserOptions: { project, tsconfigRootDir: import.meta.dirname } },
    rules: {
      ...Object.fromEntries(TYPED_RULES.map((rule) => [`@typescript-eslint/${rule}`, 'error'])),
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // An empty text and zero often mean that there is none.
      '@typescript-eslint/prefer-nullish-coalescing': [
        'error',
        { ignorePrimitives: true, ignoreMixedLogicalExpressions: true },
      ],
    },
  })),
  {
    name: 'kernels: typed arrays indexed inside their proven bounds',
    files: ['**/*.kernel.ts'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  {
    name: 'tests',
    files: [...TESTS, 'test/**/*.ts', 'bench/**/*.ts'],
    rules: { 'max-lines-per-function': 'off', 'max-lines': 'off', '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  ...layerBlocks,
);
