import { isDeepStrictEqual } from 'node:util';
import {
  type Accelerator,
  type AcceleratorContribution,
  type AcceleratorRun,
  API_VERSION,
  defineAccelerator,
  type LayerRun,
  type OptionSchema,
  type Plugin,
  type PriceTables,
  type VectorWork,
  type Workload,
} from '@archon-dse/core';
import { describe, expect, it } from 'vitest';
import type { AcceleratorConditions } from './accelerator-conditions.js';
import { describeAcceleratorContract } from './accelerator-contract.js';
import { sampleState } from './sample-state.js';

const PRICES: PriceTables = {
  ert: { mac: { compute: { value: 2.2, source: 'test' } } },
  art: { mac: { value: 1239.5, source: 'test' } },
};

/** One MAC that runs everything, and remembers nothing. */
function macUnit(change: Partial<Accelerator> = {}, lanes: Partial<OptionSchema> = {}): AcceleratorContribution {
  return defineAccelerator({
    name: 'mac-unit',
    title: 'One MAC',
    description: 'A single MAC.',
    source: 'test',
    options: { lanes: { type: 'integer', default: 1, minimum: 1, description: 'Lanes.', ...lanes } },
    create: (): Accelerator => ({
      components: () => [{ name: 'mac', class: 'intmac', attributes: {}, instances: 1 }],
      supports: () => ({ ok: true }),
      run: ({ workloads }) => runOf(workloads.map(layerOf)),
      ...change,
    }),
  });
}

function layerOf({ name, block, role, macs }: Workload): LayerRun {
  const actions = [{ component: 'mac', action: 'compute', count: macs }];
  return { name, block, role, macs, cycles: macs, utilization: 1, actions };
}

function runOf(layers: readonly LayerRun[]): AcceleratorRun {
  return { cycles: layers.reduce((sum, { cycles }) => sum + cycles, 0), layers };
}

function pluginOf(accelerator: AcceleratorContribution): Plugin {
  return {
    meta: { name: 'p', namespace: 'me', version: '1.0.0', apiVersion: API_VERSION },
    accelerators: [accelerator],
  };
}

/** What the accelerator of {@link measuring} declares: two always, one with two lanes. */
const METRICS = {
  waste: { description: 'x', direction: 'minimize', minimum: 0, maximum: 1 },
  pace: { description: 'x', direction: 'minimize', exclusiveMinimum: 0 },
  pairs: { description: 'x', direction: 'maximize', needs: { option: 'lanes', is: 2 } },
} as const;

/** One that measures something of its own. */
function measuring(metrics: (lanes: number) => AcceleratorRun['metrics']): AcceleratorContribution {
  const { meta } = macUnit();
  return {
    meta: { ...meta, metrics: METRICS },
    create: ({ lanes }) =>
      macUnit({
        run: ({ workloads }) => ({ ...runOf(workloads.map(layerOf)), metrics: metrics(Number(lanes)) ?? {} }),
      }).create({}),
  };
}

/** Names of the checks that fail for an accelerator. */
async function failures(
  accelerator: AcceleratorContribution,
  conditions: Partial<AcceleratorConditions> = {},
): Promise<readonly string[]> {
  const tests: { readonly name: string; readonly test: () => unknown }[] = [];
  const it = (name: string, test: () => unknown) => tests.push({ name, test });
  const api = { describe: (_: string, suite: () => void) => suite(), it, expect };
  describeAcceleratorContract(pluginOf(accelerator), api, {
    price: () => PRICES,
    ...conditions,
    exceptions: { traffic: 'no memory', ...conditions.exceptions },
  });
  const failed: string[] = [];
  for (const { name, test } of tests) {
    try {
      await test();
    } catch {
      failed.push(name);
    }
  }
  return failed;
}

/** One of a default that its schema does not allow. */
const outOfRange: AcceleratorContribution = {
  meta: { ...macUnit().meta, options: { lanes: { type: 'integer', default: 0, minimum: 1, description: 'x' } } },
  create: () => macUnit().create({}),
};

const changedLayers = (change: (layer: LayerRun) => LayerRun): AcceleratorContribution =>
  macUnit({ run: ({ workloads }) => runOf(workloads.map(layerOf).map(change)) });

describe('describeAcceleratorContract', () => {
  it('passes a sound accelerator, with cases of its own', async () => {
    expect(await failures(macUnit(), { cases: [{ lanes: 2 }] })).toEqual([]);
  });

  it.each<[string, string, AcceleratorContribution]>([
    ['an undocumented option', 'documents every option', macUnit({}, { description: ' ' })],
    ['a default outside its range', 'gives every option a default its schema accepts', outOfRange],
    [
      'a refusal without a reason',
      'answers for every layer, with a reason where it refuses',
      macUnit({ supports: ({ groups }) => (groups === 1 ? { ok: true } : { ok: false, reason: '' }) }),
    ],
    [
      'a component without a price',
      'lists components that can be priced',
      macUnit({ components: () => ['mac', 'lut'].map((name) => ({ name, class: 'x', attributes: {}, instances: 1 })) }),
    ],
    [
      'fractional cycles',
      'gives priced figures that fit the layers, the hardware and each other',
      changedLayers((layer) => ({ ...layer, cycles: layer.cycles + 0.5 })),
    ],
    [
      'an utilization above 1',
      'gives priced figures that fit the layers, the hardware and each other',
      changedLayers((layer) => ({ ...layer, utilization: 1.01 })),
    ],
    [
      'an action nobody prices',
      'gives priced figures that fit the layers, the hardware and each other',
      changedLayers((layer) => ({ ...layer, actions: [{ component: 'mac', action: 'add', count: 1 }] })),
    ],
    [
      'more stalls than cycles',
      'gives priced figures that fit the layers, the hardware and each other',
      changedLayers((layer) => ({ ...layer, execution: { cyclesAnalytical: 1, stalls: { full: layer.cycles + 1 } } })),
    ],
    [
      'an action that never happens',
      'gives priced figures that fit the layers, the hardware and each other',
      changedLayers((layer) => ({ ...layer, actions: [{ component: 'mac', action: 'compute', count: 0 }] })),
    ],
    ['lost MACs', 'executes every MAC once', changedLayers((layer) => ({ ...layer, macs: layer.macs - 1 }))],
  ])('fails %s', async (_defect, test, accelerator) => {
    expect(await failures(accelerator)).toEqual([test]);
  });

  it('passes one that costs the other work too, and no layer that nobody gave', async () => {
    const vector = ({ name, block, role, outputs }: VectorWork): LayerRun => {
      return { name, block, role, macs: 0, cycles: outputs, utilization: 0, actions: [] };
    };
    const costs = (change: (name: string) => string) =>
      macUnit({
        run: ({ workloads, vectorWork = [] }) =>
          runOf([
            ...workloads.map(layerOf),
            ...vectorWork.map(vector).map((layer) => ({ ...layer, name: change(layer.name) })),
          ]),
      });
    expect(await failures(costs((name) => name))).toEqual([]);
    expect(await failures(costs((name) => `more-${name}`))).toContain(
      'gives priced figures that fit the layers, the hardware and each other',
    );
  });

  it('fails a run that remembers', async () => {
    let runs = 0;
    const accelerator = macUnit({
      run: ({ workloads }) => {
        runs += 1;
        return runOf(workloads.map(layerOf).map((layer) => ({ ...layer, cycles: layer.cycles + runs })));
      },
    });
    expect(await failures(accelerator)).toContain('gives the same result twice, from an input it does not write to');
  });

  it('fails a cache that changes the result', async () => {
    const accelerator = macUnit({
      run: ({ workloads, cache }) => {
        const hit = cache.get('seen') !== undefined;
        cache.set('seen', true);
        return runOf(workloads.map(layerOf).map((layer) => (hit ? { ...layer, cycles: 1 } : layer)));
      },
    });
    expect(await failures(accelerator)).toContain('gives the same result from a filled cache');
  });

  it('fails a run that writes to its workloads', async () => {
    const accelerator = macUnit({
      run: ({ workloads }) => runOf(workloads.map((workload) => layerOf(Object.assign(workload, { macs: 0 })))),
    });
    expect(await failures(accelerator)).toContain('gives the same result twice, from an input it does not write to');
  });

  describe('of metrics', () => {
    const check = 'measures the metrics it declares, within their ranges, and no other';
    const cases = [{ lanes: 2 }];
    const sound = (lanes: number) => ({ waste: 0.5, pace: 1, ...(lanes === 2 ? { pairs: 7 } : {}) });

    it('passes those that are declared, with the option they need', async () => {
      expect(await failures(measuring(sound), { cases })).toEqual([]);
    });

    it.each<[string, (lanes: number) => AcceleratorRun['metrics'], number]>([
      ['one that is not returned', () => ({ waste: 0.5, pace: 1 }), 1],
      ['none returned', () => undefined, 2],
      ['one without what it needs', () => ({ ...sound(2) }), 1],
      ['one that is not declared', (lanes) => ({ ...sound(lanes), fame: 1 }), 2],
      ['one above its range', (lanes) => ({ ...sound(lanes), waste: 1.5 }), 2],
      ['one at an open end', (lanes) => ({ ...sound(lanes), pace: 0 }), 2],
      ['one that is no number', (lanes) => ({ ...sound(lanes), pace: NaN }), 2],
    ])('fails %s', async (_what, metrics, times) => {
      const failed = await failures(measuring(metrics), { cases });
      expect(failed.filter((name) => name === check)).toHaveLength(times);
    });

    it('fails any of an accelerator that declares none', async () => {
      const boasting = macUnit({
        run: ({ workloads }) => ({ ...runOf(workloads.map(layerOf)), metrics: { fame: 1 } }),
      });
      expect(await failures(boasting)).toEqual([check]);
    });
  });

  it('hands the network and the artifacts of the conditions to every run, frozen', async () => {
    const { network, artifacts } = { ...sampleState('me/net'), artifacts: { checkpoint: 'model.bin' } };
    const given: unknown[] = [];
    const accelerator = macUnit({
      run: ({ workloads, ...input }) => {
        given.push([input.network, input.artifacts, Object.isFrozen(input.network), Object.isFrozen(input.artifacts)]);
        return runOf(workloads.map(layerOf));
      },
    });
    expect(await failures(accelerator, { network, artifacts })).toEqual([]);
    expect(given.length).toBeGreaterThan(0);
    expect(given.filter((one) => !isDeepStrictEqual(one, [network, artifacts, true, true]))).toEqual([]);
  });

  it('lets an accelerator skip work when it says so', async () => {
    const accelerator = changedLayers((layer) => ({ ...layer, macs: layer.macs / 2 }));
    expect(await failures(accelerator, { exceptions: { everyMac: 'half are skipped' } })).toEqual([]);
  });
});
