import { describe, expect, it } from 'vitest';
import { fakeReport } from '../../../../testing/small-report.js';
import { pairLayers } from './paired-layers.js';
import type { Layer } from './report.js';

const [template] = fakeReport().points[0]?.layers() ?? [];
const layer = (name: string, mapping = '', block = 'b'): Layer => ({ ...template!, name, block, mapping });

describe('pairLayers', () => {
  it('pairs by block and name, in the order of the network, and tells where mappings differ', () => {
    const one = [layer('a', 'M1'), layer('b', 'M1'), layer('a', 'M1', 'c')];
    const other = [layer('a', 'M1'), layer('b', 'M2'), layer('d')];
    const paired = pairLayers([one, other]);
    expect(paired.map(({ block, name, differs }) => [block, name, differs])).toEqual([
      ['b', 'a', false],
      ['b', 'b', true],
      ['c', 'a', true],
      ['b', 'd', true],
    ]);
    expect(paired[2]?.layers[1]).toBeUndefined();
    expect(paired[3]?.layers[0]).toBeUndefined();
  });

  it('loses no layer of an equal name', () => {
    const twice = [layer('a', 'M1'), layer('a', 'M2')];
    const paired = pairLayers([twice, twice, twice]);
    expect(paired.map(({ layers }) => layers.map((one) => one?.mapping))).toEqual([
      ['M1', 'M1', 'M1'],
      ['M2', 'M2', 'M2'],
    ]);
    expect(paired.some(({ differs }) => differs)).toBe(false);
  });
});
