import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { grid } from './fixtures/plugin-typed/grid.js';
import { pes } from './fixtures/plugin-typed/pes.js';
import { root } from './workspace.js';

/** A plugin in TypeScript, as the guide shows it. Its options are typed by their schemas alone. */
const FILE = join(root, 'test/fixtures/plugin-typed/grid.ts');
const TEXT = readFileSync(FILE, 'utf8');
/** The same of options that are maps. */
const MAPS_FILE = join(root, 'test/fixtures/plugin-typed/pes.ts');
const MAPS_TEXT = readFileSync(MAPS_FILE, 'utf8');

/** What the compiler says of the plugin with another text, in the project's own strictness. */
function compile(text: string, file = FILE): readonly string[] {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.test.json'), (path) => ts.sys.readFile(path)) as {
    readonly config: object;
  };
  const { options } = ts.parseJsonConfigFileContent({ ...config, files: [file], include: [] }, ts.sys, root);
  const host = ts.createCompilerHost(options);
  const readFile = host.getSourceFile.bind(host);
  host.getSourceFile = (name, ...how) =>
    name === file ? ts.createSourceFile(name, text, ts.ScriptTarget.ES2022) : readFile(name, ...how);
  const program = ts.createProgram([file], options, host);
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

describe('an option that is a map', () => {
  it('compiles, in a plugin defined in one place', () => {
    expect(compile(MAPS_TEXT, MAPS_FILE)).toEqual([]);
  });

  it('does not compile where a member, a choice or a default is wrong', () => {
    const mistakes = [
      ['pe.lanes * words', 'pe.lane * words', "Property 'lane' does not exist"],
      ['({ words }) => words >=', '({ word }) => word >=', "Property 'word' does not exist"],
      ["pe.bus === 'all'", "pe.bus === 'every'", 'have no overlap'],
      ['pe.label?.length', 'pe.label.length', "'pe.label' is possibly 'undefined'"],
      ['default: [3]', "default: ['3']", "Type 'string' is not assignable to type 'number'"],
    ] as const;
    const text = mistakes.reduce((all, [right, wrong]) => all.replace(right, wrong), MAPS_TEXT);
    const found = compile(text, MAPS_FILE).join('\n');
    for (const [right, , message] of mistakes) {
      expect(MAPS_TEXT).toContain(right);
      expect(found).toContain(message);
    }
  });

  it.each([
    ["default: { bus: 'all' }", "default: { bus: 'every' }"],
    ['[{ words: 4 }]', "[{ words: '4' }]"],
  ])('does not compile with the default %s made %s', (right, wrong) => {
    expect(MAPS_TEXT).toContain(right);
    expect(compile(MAPS_TEXT.replace(right, wrong), MAPS_FILE).join('\n')).toContain("Type 'string' is not assignable");
  });

  it('is filled in before its code sees it', () => {
    const create = pes.accelerators?.[0]?.create;
    expect(create?.({}).components()[0]?.instances).toBe(8);
    expect(() => create?.({ pe: { bus: 'all', lanes: 5 } })).toThrow('5 lanes');
  });
});
