import type { JsonValue } from '@archon-dse/core';
import { describe, expect, it } from 'vitest';
import { diagnosticsOf } from '../../../../test/diagnostics.js';
import { toyRegistry } from '../../../../test/toy-registry.js';
import { throwMistakes } from './option-mistakes.js';

const TEXT = `accelerators:
  - use: archon
  - use: dense
    options: { meshX: 7 }
    axes:
      meshY: [9, 11]
      glbKib: { from: 16, to: 64, factor: 2 }
`;

const DOCUMENTS = { registry: toyRegistry(), read: () => undefined };

function placeOf(accelerator: number, option: string, value: JsonValue) {
  const problem = { code: 'ARCHON_BAD_OPTION', message: 'it makes no sense' } as const;
  const mistake = { entry: ['accelerators', accelerator], option, value, problem };
  return diagnosticsOf(() => throwMistakes(TEXT, 'sweep.yaml', [mistake], DOCUMENTS))[0];
}

describe('throwMistakes', () => {
  it('throws nothing for no mistakes', () => {
    expect(() => throwMistakes(TEXT, 'sweep.yaml', [], DOCUMENTS)).not.toThrow();
  });

  it.each([
    ['a fixed option', 1, 'meshX', 7, { line: 4, column: 23 }],
    ['a value of an axis', 1, 'meshY', 11, { line: 6, column: 18 }],
    ['the range a value comes from', 1, 'glbKib', 32, { line: 7, column: 15 }],
    ['the entry whose default is meant', 0, 'meshX', 8, { line: 2, column: 5 }],
  ])('points at %s', (_what, accelerator, option, value, location) => {
    expect(placeOf(accelerator, option, value)).toMatchObject({
      code: 'ARCHON_BAD_OPTION',
      message: 'it makes no sense',
      location: { file: 'sweep.yaml', ...location },
      frame: expect.stringContaining('^'),
    });
  });
});
