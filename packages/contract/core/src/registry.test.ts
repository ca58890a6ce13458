import { describe, expect, it } from 'vitest';
import { diagnosticsOf } from '../../../../test/diagnostics.js';
import type { Plugin } from './plugin.js';
import { Registry } from './registry.js';

/** A plugin that provides networks of the given names. */
function plugin(namespace: string, ...names: string[]): Plugin {
  return {
    meta: { name: `@x/${namespace}`, namespace, version: '1.0.0', apiVersion: 1 },
    networks: names.map((name) => ({
      meta: { name, title: name, description: name, options: {}, source: 'test' },
      build: () => ({ id: `${namespace}/${name}`, input: [1, 1, 1], classes: 1, layers: [] }),
    })),
  };
}

const diagnosticOf = (run: () => unknown) => diagnosticsOf(run)[0];

describe('Registry', () => {
  const registry = new Registry([plugin('a', 'one', 'two'), plugin('b', 'two', 'three')]);

  it('lists contributions in the order loaded', () => {
    expect(registry.list('network').map((entry) => entry.id)).toEqual(['a/one', 'a/two', 'b/two', 'b/three']);
    expect(registry.list('accelerator')).toEqual([]);
  });

  it('finds full ids and unambiguous short names', () => {
    expect(registry.resolve('network', 'b/two').id).toBe('b/two');
    expect(registry.resolve('network', 'three').id).toBe('b/three');
    expect(registry.resolve('network', 'one').plugin.name).toBe('@x/a');
  });

  it('refuses a short name that two plugins provide', () => {
    expect(diagnosticOf(() => registry.resolve('network', 'two'))).toMatchObject({
      code: 'ARCHON_AMBIGUOUS_ID',
      expected: 'one of: a/two, b/two',
    });
  });

  it('says what it knows when nothing is found', () => {
    expect(diagnosticOf(() => registry.resolve('network', 'thre'))).toMatchObject({
      code: 'ARCHON_UNKNOWN_ID',
      hint: 'Did you mean "three"?',
    });
    expect(diagnosticOf(() => registry.resolve('stage', 'prune'))).toMatchObject({
      code: 'ARCHON_UNKNOWN_ID',
      expected: expect.stringContaining('none is loaded'),
    });
  });

  it('refuses two contributions of one id', () => {
    expect(diagnosticOf(() => new Registry([plugin('a', 'one'), plugin('a', 'one')]))?.code).toBe(
      'ARCHON_PLUGIN_DUPLICATE_ID',
    );
  });
});
