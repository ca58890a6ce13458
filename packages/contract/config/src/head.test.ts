import { ArchonError } from '@archon-dse/core';
import { describe, expect, it } from 'vitest';
import { readPluginList } from './head.js';

describe('readPluginList', () => {
  it('gives the packages named, whatever else is wrong', () => {
    expect(readPluginList('plugins: [a, "@b/c"]\nnetworks: 3\n', 'sweep.yaml')).toEqual(['a', '@b/c']);
    expect(readPluginList('name: x\n', 'sweep.yaml')).toEqual([]);
  });

  it.each(['plugins: [1]', '[a]', 'plugins: {}', ''])('refuses %j', (text) => {
    expect(() => readPluginList(text, 'sweep.yaml')).toThrow(ArchonError);
  });
});
