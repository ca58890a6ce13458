import { ArchonError, canonicalJson, type Diagnostic, type JsonValue } from '@archon-dse/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { toyRegistry } from '../../../../test/toy-registry.js';
import { formatDiagnostic } from './format.js';
import { readPluginList } from './head.js';
import { parseSweep } from './sweep.js';

/** No text may make the reader do anything but return a sweep or say what is wrong, at a place inside the file. */

const VALID = {
  apiVersion: 'archon/v1',
  name: 'small',
  plugins: ['a'],
  seed: 3,
  networks: [
    { use: 'mobilenet-v2', options: { dataset: 'cifar10' }, axes: { width: { from: 0.5, to: 1, step: 0.25 } } },
  ],
  stages: [{ use: 'prune', axes: { sparsity: [0.5, 0.9] } }],
  accelerators: [{ use: 'dense', axes: { meshX: [4, 8], glbKib: { from: 64, to: 256, factor: 2 } } }],
  objectives: ['cycles', { metric: 'energyPj', direction: 'minimize' }],
  constraints: [{ metric: 'areaUm2', max: 2e6 }],
  groupBy: 'network.options.width',
  executor: { kind: 'workerpool', workers: 2 },
};
const TEXT = stringify(VALID);
const registry = toyRegistry();

function check(text: string): void {
  for (const read of [() => parseSweep(text, 'f.yaml', registry), () => readPluginList(text, 'f.yaml')]) {
    try {
      const result = read();
      if (canonicalJson(JSON.parse(JSON.stringify(result))) !== canonicalJson(result))
        throw new Error('not plain JSON');
    } catch (error) {
      if (!(error instanceof ArchonError)) throw error;
      const wrong = error.diagnostics.find((diagnostic) => !isWellLocated(diagnostic, text));
      if (wrong !== undefined) throw new Error(`badly located: ${JSON.stringify(wrong)}`);
    }
  }
}

function isWellLocated(diagnostic: Diagnostic, text: string): boolean {
  const { line = 0, column = 0, length = 0 } = diagnostic.location ?? {};
  const width = text.replace(/^\uFEFF/, '').split('\n')[line - 1]?.length ?? -1;
  const isInside = column >= 1 && column <= width + 1 && length >= 1 && column + length - 1 <= Math.max(width, column);
  return isInside && diagnostic.message !== '' && formatDiagnostic(diagnostic).includes('^');
}

const word = fc.constantFrom(
  ...Object.keys(VALID),
  ...['use', 'options', 'axes', 'from', 'to', 'step', 'factor', 'metric', 'direction', 'min', 'max', 'kind', 'workers'],
  ...[
    'width',
    'dataset',
    'meshX',
    'sparsity',
    'dense',
    'prune',
    'mobilenet-v2',
    'systolic',
    'cycles',
    'serial',
    '__proto__',
  ],
);
const scalar = fc.oneof(word, fc.string(), fc.double(), fc.integer(), fc.boolean(), fc.constant(null));
const json = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    scalar,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(word, fc.string()), tie('value'), { maxKeys: 5 }),
  ),
})).value;

/** All paths of the valid sweep that a mutation may replace. */
function pathsOf(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, member]) => pathsOf(member, [...path, key]))];
}

function replaceAt(value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown {
  if (key === undefined) return by;
  const copy = structuredClone(value) as Record<string, unknown>;
  copy[key] = replaceAt(copy[key], rest, by);
  return copy;
}

describe('parseSweep and readPluginList', () => {
  it('read the sweep the mutations start from', () => {
    expect(parseSweep(TEXT, 'f.yaml', registry).name).toBe('small');
  });

  it('survive any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 80 }), check), { numRuns: 300 });
  });

  it('survive texts of YAML tokens', () => {
    const token = fc.constantFrom(
      ...'-:[]{},&*!|>%@`?#\'"~<=\n\r\t ',
      '<<: *a',
      '&a',
      '*a',
      '- ',
      ': ',
      '\n  ',
      '---\n',
      '!!set',
      '.nan',
    );
    const text = fc.array(fc.oneof(token, word), { maxLength: 40 }).map((parts) => parts.join(''));
    fc.assert(fc.property(text, check), { numRuns: 300 });
  });

  it('survive any document', () => {
    fc.assert(
      fc.property(json, (value) => check(stringify(value))),
      { numRuns: 300 },
    );
    fc.assert(
      fc.property(json, (value) => check(JSON.stringify(value))),
      { numRuns: 300 },
    );
  });

  it('survive any value anywhere in a valid sweep', () => {
    const paths = fc.constantFrom(...pathsOf(VALID));
    fc.assert(
      fc.property(paths, json, (path, value) => {
        check(stringify(replaceAt(VALID, path, value)));
      }),
      { numRuns: 300 },
    );
  });

  it('survive any edit of the text of a valid sweep', () => {
    const place = fc.nat({ max: TEXT.length });
    const edit = fc.record({
      at: place,
      cut: fc.nat({ max: 30 }),
      insert: fc.oneof(fc.string({ maxLength: 5 }), word),
    });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
        check(edits.reduce((text, { at, cut, insert }) => text.slice(0, at) + insert + text.slice(at + cut), TEXT));
      }),
      { numRuns: 300 },
    );
  });
});
