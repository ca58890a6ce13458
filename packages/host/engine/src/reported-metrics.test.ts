import { API_VERSION, defineAccelerator, Registry, type AcceleratorMeta, type Point } from '@archon-dse/core';
import { describe, expect, it } from 'vitest';
import tiny from '../../runner/fixtures/tiny/index.js';
import { evaluatePoint } from './evaluate-point.js';
import { newContext, rejection, tinyPoint } from './test-fixtures.js';

const SHARE = { description: 'A share.', direction: 'maximize' } as const;

/** Evaluates a network on an accelerator that declares and returns some metrics. */
function evaluate(returned: unknown, metrics?: AcceleratorMeta['metrics'], stages: Point['stages'] = []) {
  const accelerator = defineAccelerator({
    ...{ name: 'measuring', title: 'x', description: 'x', source: 'made up', options: {} },
    ...(metrics === undefined ? {} : { metrics }),
    create: () => ({
      components: () => [{ name: 'mac', class: 'intmac', attributes: { dataBits: 8 }, instances: 1 }],
      supports: () => ({ ok: true }),
      run({ workloads }) {
        const layers = workloads.map(({ name, block, role, macs }) => {
          const actions = [{ component: 'mac', action: 'compute', count: macs }];
          return { name, block, role, macs, cycles: macs, utilization: 1, actions };
        });
        const cycles = layers.reduce((sum, layer) => sum + layer.cycles, 0);
        return Object.defineProperty({ cycles, layers }, 'metrics', { get: () => returned, enumerable: true });
      },
    }),
  });
  const plugin = {
    meta: { name: 'me', namespace: 'me', version: '1.0.0', apiVersion: API_VERSION },
    accelerators: [accelerator],
  };
  const point = { ...tinyPoint, stages, accelerator: { use: 'me/measuring', options: {} } };
  return evaluatePoint(point, newContext({}, new Registry([tiny, plugin])));
}

const thin = { use: 'fixture/thin', options: { density: 0.5, log: '' } };

describe('metrics of an accelerator', () => {
  it('stand beside those of stages and of the engine', async () => {
    const { metrics } = await evaluate({ liveShare: 0.25, lost: -3 }, { liveShare: SHARE, lost: SHARE }, [thin]);
    const names = ['accuracy', 'liveShare', 'lost', 'cycles', 'energyPj', 'areaUm2', 'edpPjCycles', 'macs'];
    expect(Object.keys(metrics)).toEqual([...names, 'parameters', 'utilization']);
    expect(metrics).toMatchObject({ liveShare: 0.25, lost: -3, cycles: 4 * 4 * 3 * 3 * 2 * 4 + 4 * 4 * 4 * 3 });
  });

  it('may be none, also of those that are declared', async () => {
    const plain = await evaluate(undefined);
    expect(await evaluate({})).toEqual(plain);
    expect(await evaluate({}, { liveShare: SHARE })).toEqual(plain);
  });

  it('are read once', async () => {
    let reads = 0;
    const shifting = {
      get liveShare() {
        reads += 1;
        return reads;
      },
    };
    const { metrics } = await evaluate(shifting, { liveShare: SHARE });
    expect([metrics['liveShare'], reads]).toEqual([1, 1]);
  });

  it.each<[string, unknown, string | undefined, string]>([
    ['is no object', 1, 'metrics', 'metrics is no object'],
    ['is a list', [1], 'metrics', 'metrics is a list'],
    ['is no number', { liveShare: 'half' }, 'metrics.liveShare', 'metric "liveShare" of me/measuring is \'half\''],
    ['is NaN', { liveShare: NaN }, 'metrics.liveShare', 'metric "liveShare" of me/measuring is NaN'],
    ['is infinite', { liveShare: Infinity }, 'metrics.liveShare', 'metric "liveShare" of me/measuring is Infinity'],
    ['is a function', { liveShare: () => 1 }, 'liveShare', 'metrics: liveShare is a function'],
    ['has no name of one', { 'a b': 1 }, 'metrics', 'me/measuring reports a metric by the name "a b"'],
    ['is undeclared', { fame: 1 }, 'metrics.fame', 'me/measuring reports the metric "fame", which it does not declare'],
    [
      'is of the engine',
      { cycles: 1 },
      'metrics.cycles',
      'metric "cycles" of the accelerator is also one of the engine',
    ],
    [
      'is of a stage',
      { accuracy: 1 },
      'metrics.accuracy',
      'metric "accuracy" of the accelerator is also one of a stage',
    ],
  ])('are refused where one %s', async (_what, returned, path, message) => {
    const declared = { liveShare: SHARE, cycles: SHARE, accuracy: SHARE };
    const [found] = await rejection(evaluate(returned, declared, [thin]));
    expect(found).toMatchObject({ code: 'ARCHON_RESULT_INVALID', plugin: 'me', path, message });
  });

  it('are all undeclared where the accelerator declares none', async () => {
    const [found] = await rejection(evaluate({ fame: 1 }));
    expect(found).toMatchObject({ path: 'metrics.fame', expected: 'one of those under its meta.metrics: none' });
  });
});
