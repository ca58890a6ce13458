import { expect, it } from 'vitest';
import type { ContributionMeta } from './contribution.js';
import type { Options } from './json.js';
import { mapPaths } from './option-paths.js';
import { defineOptions } from './option-values.js';

const options = defineOptions({
  name: { type: 'string', default: '', description: 'No path.' },
  data: { type: 'string', default: '', path: { kind: 'folder', keywords: ['procedural'] }, description: 'A folder.' },
  prices: {
    type: 'object',
    default: {},
    description: 'Prices.',
    properties: {
      file: { type: 'string', default: '', path: { kind: 'file' }, description: 'A file.' },
      node: { type: 'string', default: '', description: 'No path.' },
    },
  },
  traces: {
    type: 'array',
    default: [],
    items: { type: 'object', additionalProperties: { type: 'array', path: { kind: 'file' } } },
    description: 'Lists of files by name.',
  },
});
const meta: ContributionMeta = { name: 'toy', title: 'Toy', description: 'A toy.', source: 'none', options };

it('finds paths in maps and lists, and leaves everything else as it is', () => {
  const found: string[] = [];
  const given: Options = {
    name: 'a',
    data: 'images',
    prices: { file: 'b.csv', node: 'c' },
    traces: [{}, { day: ['d', ''], night: ['e'] }],
  };
  const mapped = mapPaths(meta, given, (text, { kind }, option) => {
    found.push(`${option}: ${kind}`);
    return text.toUpperCase();
  });
  expect(mapped).toEqual({
    name: 'a',
    data: 'IMAGES',
    prices: { file: 'B.CSV', node: 'c' },
    traces: [{}, { day: ['D', ''], night: ['E'] }],
  });
  expect(found).toEqual(['data: folder', 'prices.file: file', 'traces[1].day: file', 'traces[1].night: file']);
});

it('takes neither nothing nor a keyword for a path', () => {
  const fail = (): never => {
    throw new Error('a path was found');
  };
  const given: Options = { data: 'procedural', prices: { file: '' } };
  expect(mapPaths(meta, given, fail)).toEqual(given);
});
