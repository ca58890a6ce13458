import type { ContributionMeta } from '@archon-dse/core';
import { describe, expect, it } from 'vitest';
import { readSetOptions, resolveSetOptions } from './set-options.js';

const meta = (name: string, option: string): ContributionMeta => ({
  name,
  title: name,
  description: name,
  source: 'none',
  options: { [option]: { type: 'integer', default: 1, description: 'x' } },
});
const NO_FILES = () => undefined;
const targets = { network: meta('net', 'width'), accelerator: meta('array', 'meshX') };

describe('--set', () => {
  it('finds the target of each option', () => {
    expect(resolveSetOptions(['width=2', 'accelerator.meshX=8'], targets, NO_FILES)).toEqual({
      network: { width: 2 },
      accelerator: { meshX: 8 },
    });
  });

  describe.each(Object.getOwnPropertyNames(Object.prototype))('of %s, which every object has', (name) => {
    it.each([`${name}=1`, `network.${name}=1`, `${name}.width=1`])('%s is refused', (text) => {
      expect(() => resolveSetOptions([text], targets, NO_FILES)).toThrowError(
        expect.objectContaining({ diagnostics: [expect.objectContaining({ code: 'ARCHON_UNKNOWN_OPTION' })] }),
      );
    });
  });

  it('keeps what is given under any name, so that it can be refused', () => {
    expect(Object.keys(readSetOptions(['network.__proto__=1'], targets, NO_FILES)['network'] ?? {})).toEqual([
      '__proto__',
    ]);
  });

  it('sets members of a map, over its default', () => {
    const lanes = { type: 'integer', default: 4, description: 'Lanes.' } as const;
    const pe = {
      type: 'object',
      default: { bits: 8 },
      description: 'PE.',
      properties: { lanes, bits: lanes },
    } as const;
    const grid = { accelerator: { ...meta('grid', 'meshX'), options: { pe } } };
    expect(resolveSetOptions(['pe.lanes=2'], grid, NO_FILES)).toEqual({ accelerator: { pe: { lanes: 2, bits: 8 } } });
    expect(resolveSetOptions(['accelerator.pe.bits=16'], grid, NO_FILES)).toEqual({
      accelerator: { pe: { lanes: 4, bits: 16 } },
    });
    expect(() => resolveSetOptions(['pe.laens=2'], grid, NO_FILES)).toThrow('pe of grid has no member "laens"');
    expect(() => resolveSetOptions(['pe.lanes=x'], grid, NO_FILES)).toThrow('grid cannot have pe.lanes: "x"');
    expect(() => resolveSetOptions(['pe.lanes=2', 'pe={}'], grid, NO_FILES)).toThrow(
      '--set gives accelerator.pe.lanes twice',
    );
  });

  it.each([
    ['width=1', 'width=2'],
    ['network.width=1', 'width=1'],
  ])('%s and %s give one option twice', (...texts) => {
    expect(() => readSetOptions(texts, targets, NO_FILES)).toThrow('--set gives network.width twice');
  });

  it.each(['width=', 'width=""'])('%s is no number', (text) => {
    expect(() => resolveSetOptions([text], targets, NO_FILES)).toThrow(/net cannot have width: (null|"")/);
  });
});
