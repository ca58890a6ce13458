import { API_VERSION, defineAccelerator, Registry } from '@archon-dse/core';
import { describe, expect, it } from 'vitest';
import tiny from '../../runner/fixtures/tiny/index.js';
import { evaluatePoint } from './evaluate-point.js';
import { newContext, rejection, tinyPoint } from './test-fixtures.js';

/** Evaluates a network of which the first layer was executed, with what that found. */
async function evaluate(execution: unknown) {
  const accelerator = defineAccelerator({
    ...{ name: 'executing', title: 'x', description: 'x', source: 'made up', options: {} },
    create: () => ({
      components: () => [{ name: 'mac', class: 'intmac', attributes: { dataBits: 8 }, instances: 1 }],
      supports: () => ({ ok: true }),
      run({ workloads }) {
        const layers = workloads.map(({ name, block, role, macs }, index) => {
          const actions = [{ component: 'mac', action: 'compute', count: macs }];
          const layer = { name, block, role, macs, cycles: macs, utilization: 1, actions };
          if (index > 0 || execution === undefined) return layer;
          return { ...layer, execution: execution as { cyclesAnalytical: number } };
        });
        return { cycles: layers.reduce((sum, layer) => sum + layer.cycles, 0), layers };
      },
    }),
  });
  const meta = { name: 'me', namespace: 'me', version: '1.0.0', apiVersion: API_VERSION };
  const registry = new Registry([tiny, { meta, accelerators: [accelerator] }]);
  return evaluatePoint({ ...tinyPoint, accelerator: { use: 'me/executing', options: {} } }, newContext({}, registry));
}

const FULL = {
  cyclesAnalytical: 1000,
  stalls: { full: 152 },
  shares: { maskDensity: 0.5 },
  histograms: { additions: [1, 2] },
  maps: { maskDensity: [[0.5, 1]] },
};

describe('what an execution found', () => {
  it('stands in the record of its layer and changes nothing else', async () => {
    const plain = await evaluate(undefined);
    const executed = await evaluate(FULL);
    expect(executed.layers[0]).toEqual({ ...plain.layers[0], execution: FULL });
    expect({ ...executed, layers: executed.layers.slice(1) }).toEqual({ ...plain, layers: plain.layers.slice(1) });
  });

  it('is copied, without members nobody knows', async () => {
    const given = { ...FULL, stalls: { full: 1 }, secret: 1 };
    const { layers } = await evaluate(given);
    given.stalls.full = 2;
    expect(layers[0]?.execution).toEqual({ ...FULL, stalls: { full: 1 } });
  });

  it.each<[unknown, string]>([
    [1, 'layers[0].execution is a value of type number'],
    [[1], 'layer "stem": execution.cyclesAnalytical is undefined'],
    [{ ...FULL, stalls: { full: () => 1 } }, 'layers[0].execution: stalls.full is a function'],
    [{ ...FULL, stalls: { full: 1153 } }, 'layer "stem": execution.stalls add up to 1153 of 1152 cycles'],
    [{ ...FULL, shares: { maskDensity: 2 } }, 'layer "stem": execution.shares["maskDensity"] is 2'],
  ])('is refused as %j', async (execution, message) => {
    const diagnostics = await rejection(evaluate(execution));
    expect(diagnostics).toMatchObject([{ code: 'ARCHON_RESULT_INVALID', plugin: 'me', message }]);
  });

  it('is refused where it is too much for a record', async () => {
    const table = Array.from({ length: 256 }, () => Array.from({ length: 256 }, () => 1 / 3));
    const maps = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`map${String(index)}`, table]));
    const [found] = await rejection(evaluate({ ...FULL, maps }));
    expect(found).toMatchObject({
      code: 'ARCHON_RESULT_INVALID',
      message: expect.stringMatching(/^the result holds \d+ characters$/),
    });
  });
});
