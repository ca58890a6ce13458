import { expect, it } from 'vitest';
import { readPointPath, valueInPoint } from './point-path.js';

const point = {
  network: { use: 'archon/net', options: { width: 0.5 } },
  stages: [{ use: 'archon/prune', options: { density: 0.2 } }],
  accelerator: { use: 'archon/dense', options: { pe: { lanes: 4 } } },
  seed: 1,
};

it.each([
  ['network', 'archon/net'],
  ['network.options.width', 0.5],
  ['stages[0].options.density', 0.2],
  ['stages[1].options.density', undefined],
  ['accelerator.options.pe.lanes', 4],
  ['accelerator.options.pe', { lanes: 4 }],
  ['accelerator.options.meshX', undefined],
])('%s leads to %j', (text, value) => {
  const path = readPointPath(text);
  expect(path && valueInPoint(point, path)).toEqual(value);
});

it.each(['stages[0]', 'networks', 'network.width', 'seed', 'accelerator.options.'])('%s is no path', (text) => {
  expect(readPointPath(text)).toBeUndefined();
});
