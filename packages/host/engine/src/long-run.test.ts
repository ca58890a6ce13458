import { API_VERSION, defineAccelerator, Registry, type StopSignal } from '@archon-dse/core';
import { describe, expect, it } from 'vitest';
import tiny from '../../runner/fixtures/tiny/index.js';
import { evaluatePoint } from './evaluate-point.js';
import type { StageEvent } from './stage-event.js';
import { newContext, rejection, tinyPoint } from './test-fixtures.js';

/** Simulates layer by layer, waiting between them, until it is done or told to stop. */
let created = 0;
const simulator = defineAccelerator({
  name: 'simulator',
  title: 'Simulator',
  description: 'Takes its time.',
  source: 'made up',
  options: { macs: { type: 'integer', default: 1, description: 'Multipliers.' } },
  create({ macs }) {
    created += 1;
    return {
      components: () => [{ name: 'mac', class: 'intmac', attributes: { dataBits: 8 }, instances: macs }],
      supports: () => ({ ok: true }),
      async run({ workloads, signal, onProgress }) {
        const layers = [];
        for (const [index, layer] of workloads.entries()) {
          await Promise.resolve();
          if (signal?.aborted) throw new Error('told to stop');
          const cycles = layer.macs / macs;
          const actions = [{ component: 'mac', action: 'compute', count: layer.macs }];
          layers.push({
            ...{ name: layer.name, block: layer.block, role: layer.role, macs: layer.macs, cycles, actions },
            utilization: 1,
          });
          onProgress?.({ done: index + 1, total: workloads.length, unit: 'layer', figures: [] });
        }
        return { cycles: layers.reduce((sum, { cycles }) => sum + cycles, 0), layers };
      },
    };
  },
});

const plugin = {
  meta: { name: 'long', namespace: 'long', version: '1.0.0', apiVersion: API_VERSION },
  accelerators: [simulator],
};
const registry = new Registry([tiny, plugin]);
const point = { ...tinyPoint, accelerator: { use: 'long/simulator', options: { macs: 2 } } };

describe('a run that takes long', () => {
  it('is waited for, tells how far it is, and is created once', async () => {
    const heard: StageEvent[] = [];
    const context = newContext({ resources: { onStage: (event) => heard.push(event) } }, registry);
    created = 0;
    const { metrics } = await evaluatePoint(point, context);
    expect(metrics['cycles']).toBe((await evaluatePoint(tinyPoint, newContext())).metrics['cycles']);
    expect(heard).toEqual(
      [1, 2].map((done) => ({
        ...{ network: 'fixture/tiny', stage: 'long/simulator' },
        progress: { done, total: 2, unit: 'layer', figures: [] },
      })),
    );
    expect(created).toBe(1);
  });

  it('is told to stop', async () => {
    const signal: StopSignal = { aborted: true };
    const [found] = await rejection(evaluatePoint(point, newContext({ signal }, registry)));
    expect(found).toMatchObject({ code: 'ARCHON_PLUGIN_THREW', plugin: 'long' });
  });
});
