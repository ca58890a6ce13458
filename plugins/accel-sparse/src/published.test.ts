import { readFileSync } from 'node:fs';
import { evaluate, parseMapping } from '@archon-dse/loop-nest';
import { arrayArchitecture, chargeInputChannels, PUBLISHED_DENSE_ARRAY } from '@archon-dse/pe-array';
import { describe, expect, it } from 'vitest';
import { publishedPrices } from '../../../test/published-prices.js';
import { ics21Actions, sparsityActions } from './energy.js';

const PRICES = publishedPrices();
const ARCHITECTURE = arrayArchitecture(PUBLISHED_DENSE_ARRAY, PRICES);
const WORDS = { weights: 16, inputs: 16, outputs: 16, hardware: 16, mode: 'fixed' } as const;
const FORMAT = { words: WORDS, architecture: ARCHITECTURE, indexBits: 10 };
const ROUNDING_UJ = 0.005;

const energyUj = (actions: ReturnType<typeof ics21Actions>): number =>
  actions.reduce((sum, { component, action, count }) => sum + count * PRICES.ert[component]![action]!.value, 0) / 1e6;

describe('published mappings of MobileNetV2 on the sparse baseline', () => {
  const layers = readPublished();

  it('are all there', () => {
    expect(layers).toHaveLength(16 * 3);
  });

  it.each(layers)('$name: published energy by the published rule', ({ isDepthwise, problem, mapping, sparseUj }) => {
    const actions = ics21Actions(evaluate(problem, ARCHITECTURE, mapping), !isDepthwise, FORMAT);
    const charged = isDepthwise ? chargeInputChannels(actions, problem.M) : actions;
    expect(Math.abs(energyUj(charged) - sparseUj)).toBeLessThan(ROUNDING_UJ);
  });

  it('need less energy than published when all that zeros save is counted', () => {
    const total = (isDepthwise: boolean): readonly [counted: number, published: number] => {
      const chosen = layers.filter((layer) => layer.isDepthwise === isDepthwise);
      const counted = chosen.map(({ problem, mapping }) => {
        const zeros = { density: isDepthwise ? 0.3 : 0.2, multiplied: 1 };
        const actions = sparsityActions(evaluate(problem, ARCHITECTURE, mapping), zeros, FORMAT);
        return energyUj(isDepthwise ? chargeInputChannels(actions, problem.M) : actions);
      });
      const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b);
      return [sum(counted), sum(chosen.map(({ sparseUj }) => sparseUj))];
    };
    for (const [counted, published] of [total(false), total(true)]) expect(counted).toBeLessThan(published);
  });
});

function readPublished() {
  const text = readFileSync(new URL('../test-data/published-energies.csv', import.meta.url), 'utf8');
  const [, ...lines] = text
    .trimEnd()
    .split('\n')
    .filter((line) => !line.startsWith('#'));
  return lines.map((line) => {
    const [name, op, ...columns] = line.split(',');
    const [C = 0, M = 0, kernel = 0, plane = 0, stride = 0, sparseUj = 0] = columns.map(Number);
    return {
      name,
      isDepthwise: op === 'depthwise',
      problem: { C, M, R: kernel, S: kernel, P: plane, Q: plane, N: 1, strideP: stride, strideQ: stride },
      mapping: parseMapping(columns[6] ?? '', ARCHITECTURE),
      sparseUj,
    };
  });
}
