/** `npm test`: install, build, then every check there is. */
import { join } from 'node:path';
import { readJson } from './packages.mjs';
import { build, checkNode, install, root, runTool } from './workspace.mjs';

checkNode();
install();
build();
runTool('Type-checking the tests', 'typescript/bin/tsc', ['-p', 'tsconfig.test.json']);
runTool('Linting', 'eslint/bin/eslint.js', ['.', '--max-warnings', '0']);
runTool('Looking for what nothing uses', 'knip/bin/knip.js', ['--no-progress']);
runTool('Checking the format', 'prettier/bin/prettier.cjs', ['--check', '--log-level', 'warn', '.']);
runTool('Testing', 'vitest/vitest.mjs', ['run', '--coverage']);
const { lines } = readJson(join(root, 'coverage', 'coverage-summary.json')).total;
console.log(
  `\nLines covered: ${lines.pct} % of ${lines.total}, without what runs only in browsers, threads and processes of tests.`,
);
