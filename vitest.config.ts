import { defineConfig } from 'vitest/config';

/** Unit tests sit beside their source; `test/` holds the end-to-end tests. Sibling packages resolve to their built `dist`. */
export default defineConfig({
  test: {
    include: ['packages/*/*/src/**/*.test.ts', 'plugins/*/src/**/*.test.ts', 'test/**/*.test.ts', 'tools/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**', 'test/fixtures/**'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
