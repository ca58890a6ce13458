/** `npm test`: install, build, then every check there is. */
import { build, checkNode, install, runTool } from './workspace.mjs';

checkNode();
install();
build();
runTool('Type-checking the tests', 'typescript/bin/tsc', ['-p', 'tsconfig.test.json']);
runTool('Linting', 'eslint/bin/eslint.js', ['.', '--max-warnings', '0']);
runTool('Checking the format', 'prettier/bin/prettier.cjs', ['--check', '--log-level', 'warn', '.']);
runTool('Testing', 'vitest/vitest.mjs', ['run']);
