import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { LAYERS } from './tools/layers.mjs';

const layers = Object.entries(LAYERS).map(([folder, layer]) => ({ ...layer, folder, name: folder.split('/').at(-1) }));
const withNode = new Set(layers.flatMap(({ name, node }) => (node === true ? [name] : [])));
const isPure = (layer: (typeof layers)[number]): boolean =>
  layer.node === false && !layer.imports.some((name) => withNode.has(name));
const testsOf = (chosen: typeof layers): string[] => chosen.map(({ folder }) => `${folder}/src/**/*.test.ts`);
const pure = testsOf(layers.filter(isPure));
const apart = testsOf(layers.filter((layer) => !isPure(layer)));

/**
 * Unit tests sit beside their source; `test/` holds the end-to-end tests. Sibling packages resolve to their built `dist`, which Node
 * loads as it is. Layers that nothing of Node reaches keep no state from file to file: their tests share a process.
 */
export default defineConfig({
  test: {
    exclude: ['**/node_modules/**', '**/dist/**', 'test/fixtures/**'],
    maxWorkers: availableParallelism() + 1, // one of them mostly waits: for processes of its own, a cluster or a page
    testTimeout: 60_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000 } }, // the second that is usual is short on a machine that does other things too
    env: { ARCHON_CACHE_BYTES: '0' }, // sweeps of tests take nothing from earlier ones, and leave nothing behind
    coverage: {
      provider: 'v8',
      include: ['{packages/*/*,plugins/*}/src/**/*.ts', '{packages/*/*,plugins/*}/dist/**/*.js'],
      exclude: ['**/*.test.ts', '**/*.d.ts', '**/dist/pages/**'],
      excludeAfterRemap: true, // what runs is `src` in unit tests and `dist` in others; both count as lines of `src`
      reporter: ['json-summary'],
    },
    server: { deps: { external: [/\/dist\//] } },
    projects: [
      { extends: true, test: { name: 'pure', include: pure, exclude: apart, isolate: false } },
      {
        extends: true,
        test: {
          name: 'apart',
          globalSetup: 'test/packed-setup.ts',
          include: [...apart, '{test,tools}/**/*.test.ts', 'packages/host/create-archon-plugin/template/src/*.test.ts'],
        },
      },
    ],
  },
});
