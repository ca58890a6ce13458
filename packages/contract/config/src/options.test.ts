import type { ContributionMeta, Options } from '@archon-dse/core';
import { describe, expect, it } from 'vitest';
import { diagnosticsOf } from '../../../../test/diagnostics.js';
import { resolveOptions } from './options.js';

const meta: ContributionMeta = {
  name: 'toy',
  title: 'Toy',
  description: 'A toy.',
  source: 'none',
  options: {
    kind: { type: 'string', enum: ['small', 'large'], default: 'small', description: 'Kind.' },
    words: { type: 'integer', minimum: 1, maximum: 64, default: 8, description: 'Depth.', unit: 'words' },
    share: { type: 'number', multipleOf: 0.1, default: 0.1, description: 'Share.' },
    rules: {
      type: 'array',
      items: { type: 'string', enum: ['round=up', 'round=down'] },
      default: [],
      description: 'Rules.',
    },
    levels: { type: 'array', items: { type: 'integer' }, default: [], description: 'Levels.' },
  },
};

const wrong = (given: Options, of: ContributionMeta = meta) => diagnosticsOf(() => resolveOptions(of, given));

describe('resolveOptions', () => {
  it('fills in defaults in the order declared', () => {
    const options = resolveOptions(meta, { words: 16, kind: 'large' });
    expect(options).toEqual({ kind: 'large', words: 16, share: 0.1, rules: [], levels: [] });
    expect(Object.keys(options)).toEqual(['kind', 'words', 'share', 'rules', 'levels']);
  });

  it('suggests a choice for an item of a list', () => {
    expect(wrong({ rules: ['round=down', 'rond=up'] })).toMatchObject([{ hint: 'Did you mean "round=up"?' }]);
    expect(wrong({ rules: ['round=down', 7] })[0]).not.toHaveProperty('hint');
  });

  it('takes 0.3 for a multiple of 0.1', () => {
    expect(resolveOptions(meta, { share: 0.3 })).toMatchObject({ share: 0.3 });
    expect(wrong({ share: 0.35 })).toHaveLength(1);
  });

  it('reports every wrong option, with what was expected', () => {
    expect(wrong({ knid: 1, words: 65, kind: 'lage', levels: [1, 'x'] })).toEqual([
      {
        code: 'ARCHON_UNKNOWN_OPTION',
        message: 'toy has no option "knid"',
        expected: 'one of: kind, words, share, rules, levels',
        hint: 'Did you mean "kind"?',
        path: 'options.knid',
      },
      {
        code: 'ARCHON_BAD_OPTION',
        message: 'toy cannot have words: 65',
        expected: 'a whole number, at least 1, at most 64 (words)',
        path: 'options.words',
      },
      {
        code: 'ARCHON_BAD_OPTION',
        message: 'toy cannot have kind: "lage"',
        expected: 'one of: "small", "large"',
        hint: 'Did you mean "large"?',
        path: 'options.kind',
      },
      {
        code: 'ARCHON_BAD_OPTION',
        message: 'toy cannot have levels[1]: "x"',
        expected: 'a whole number',
        path: 'options.levels[1]',
      },
    ]);
  });

  it.each([['__proto__'], ['constructor'], ['toString']])('has no option %s', (name) => {
    expect(wrong(Object.fromEntries([[name, 1]]))[0]?.code).toBe('ARCHON_UNKNOWN_OPTION');
  });

  it('names the plugin whose schema is not a schema', () => {
    const broken = {
      ...meta,
      options: { a: { type: 'string', pattern: '(', default: '', description: 'A.' } },
    } as const;
    expect(wrong({ a: 'x' }, broken)[0]).toMatchObject({ code: 'ARCHON_PLUGIN_SHAPE' });
  });
});
