import type { VectorWork } from '@archon-dse/core';
import { describe, expect, it } from 'vitest';
import { notCosted } from './not-costed.js';

const work = (name: string, op: VectorWork['op']): VectorWork => ({
  ...{ name, block: 'b0', role: 'activation', op },
  ...{ inputs: 8, parameters: 0, outputs: 8 },
});
const WORK = [work('a.ln', 'layerNorm'), work('a.gelu', 'gelu'), work('b.ln', 'layerNorm')];

describe('notCosted', () => {
  it('counts the layers without a result, by operation in the order they come', () => {
    expect(notCosted(WORK, [{ name: 'a' }])).toEqual({ notCosted: { layerNorm: 2, gelu: 1 } });
    expect(Object.keys(notCosted(WORK.toReversed(), []).notCosted ?? {})).toEqual(['layerNorm', 'gelu']);
    expect(notCosted(WORK, [{ name: 'b.ln' }, { name: 'a.gelu' }])).toEqual({ notCosted: { layerNorm: 1 } });
  });

  it('calls a vector layer by what it computes', () => {
    const exp = { ...work('a.exp', 'vector'), function: 'exp' };
    expect(notCosted([exp, WORK[0]!, { ...exp, name: 'b.exp' }], [])).toEqual({ notCosted: { exp: 2, layerNorm: 1 } });
  });

  it('says nothing where all is costed', () => {
    expect(notCosted(WORK, WORK)).toEqual({});
    expect(notCosted([], [])).toEqual({});
  });
});
