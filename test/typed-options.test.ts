import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { grid } from './fixtures/plugin-typed/grid.js';
import { root } from './workspace.js';

/** A plugin in TypeScript, as the guide shows it. Its options are typed by their schemas alone. */
const FILE = join(root, 'test/fixtures/plugin-typed/grid.ts');
const TEXT = readFileSync(FILE, 'utf8');

/** What the compiler says of the plugin with another text, in the project's own strictness. */
function compile(text: string): readonly string[] {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.test.json'), (path) => ts.sys.readFile(path)) as {
    readonly config: object;
  };
  const { options } = ts.parseJsonConfigFileContent({ ...config, files: [FILE], include: [] }, ts.sys, root);
  const host = ts.createCompilerHost(options);
  const readFile = host.getSourceFile.bind(host);
  host.getSourceFile = (name, ...how) =>
    name === FILE ? ts.createSourceFile(name, text, ts.ScriptTarget.ES2022) : readFile(name, ...how);
  const program = ts.createProgram([FILE], options, host);
  return ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

describe('a plugin in TypeScript', () => {
  it('compiles', () => {
    expect(compile(TEXT)).toEqual([]);
  });

  it.each([
    ['an option', 'options.columns', 'options.colums', "Property 'colums' does not exist"],
    ['a choice of an option', "options.bus === 'all'", "options.bus === 'every'", 'have no overlap'],
    ['the option a rule blames', "option: 'busWords'", "option: 'busWord'", `'"busWord"' is not assignable`],
    ['an option of a rule', '({ busWords, columns }) => busWords', '({ busWord, columns }) => 2', "Property 'busWord'"],
  ])('does not compile when %s is misspelt', (_, right, wrong, message) => {
    expect(TEXT).toContain(right);
    expect(compile(TEXT.replace(right, wrong)).join('\n')).toContain(message);
  });

  it('checks its rule before it is made', () => {
    expect(grid.create({ busWords: 4 }).components()[0]?.instances).toBe(16);
    expect(() => grid.create({ busWords: 8 })).toThrow('option busWords is 8, and a row has 4 MACs');
  });
});
