import {
  API_VERSION,
  type ComponentContribution,
  defineComponent,
  defineNetwork,
  type Layer,
  type Network,
  type NetworkContribution,
  type OptionSchema,
  packMask,
  type Plugin,
  type StageContribution,
  type StageState,
  type TestApi,
} from '@archon-dse/core';
import { NetworkBuilder } from '@archon-dse/workload';
import { describe, expect, it } from 'vitest';
import { describeComponentContract } from './component-contract.js';
import { describeNetworkContract } from './network-contract.js';
import { describeStageContract } from './stage-contract.js';

/** Runs a suite and gives the names of the checks that failed. */
async function failures(suite: (api: TestApi) => void): Promise<string[]> {
  const tests: { name: string; test: () => void | Promise<void> }[] = [];
  suite({ describe: (_, body) => body(), it: (name, test) => tests.push({ name, test }), expect });
  const failed: string[] = [];
  for (const { name, test } of tests) {
    try {
      await test();
    } catch {
      failed.push(name);
    }
  }
  expect(tests.length).toBeGreaterThan(5);
  return [...new Set(failed)];
}

function plugin(parts: Partial<Plugin>): Plugin {
  return { meta: { name: 'p', namespace: 'me', version: '1.0.0', apiVersion: API_VERSION }, ...parts };
}

const tiny = defineNetwork({
  name: 'tiny',
  title: 'Tiny',
  description: 'One convolution.',
  options: {
    filters: { type: 'integer', description: 'Channels.', default: 8, minimum: 1, unit: 'channel' },
    norm: { type: 'string', description: 'Normalisation.', default: 'batch', enum: ['batch', 'none'] },
  },
  source: 'made up',
  build({ filters, norm }) {
    const net = new NetworkBuilder({ id: 'me/tiny', input: [8, 8, 3], classes: 4 });
    let x = net.conv('stem', net.input, { filters, role: 'stem' });
    if (norm === 'batch') x = net.batchNorm(x);
    net.block('tail');
    net.softmax(net.dense('fc', net.globalAveragePool('pool', x), 4));
    return net.build();
  },
});
const { meta } = tiny;
const network = tiny.build({});

/** The tiny network with one property of it changed. */
function altered(change: (network: Network) => Network): NetworkContribution {
  return { meta, build: (options) => change(tiny.build(options)) };
}

/** The tiny network with one more option, which it does not look at. */
function withOption(schema: OptionSchema): NetworkContribution {
  return { meta: { ...meta, options: { ...meta.options, x: schema } }, build: () => network };
}

function relabel(labels: Readonly<Record<string, string>>): NetworkContribution {
  return altered((net) => ({
    ...net,
    layers: net.layers.map((layer): Layer => ({ ...layer, block: labels[layer.name] ?? layer.block })),
  }));
}

let builds = 0;

describe('the network contract', () => {
  it('passes a sound network, with cases of its own too', async () => {
    const good = plugin({ networks: [tiny] });
    expect(await failures((api) => describeNetworkContract(good, api, [{ filters: 3 }]))).toEqual([]);
  });

  it.each<[string, NetworkContribution]>([
    ['has a kebab-case name and documents itself', { ...tiny, meta: { ...meta, title: ' ' } }],
    ['documents every option', withOption({ type: 'number', description: '', default: 1 })],
    [
      'gives every option a default its schema accepts',
      withOption({ type: 'number', description: 'X.', default: 1, minimum: 2 }),
    ],
    [
      'builds the same network twice from options it does not write to',
      altered((net) => ({ ...net, classes: 4, input: net.input, layers: net.layers, salt: (builds += 1) }) as Network),
    ],
    ['is plain JSON', altered((net) => ({ ...net, seen: new Map() }) as Network)],
    ['carries its public id', altered((net) => ({ ...net, id: 'tiny' }))],
    ['has shapes throughout and ends in one score a class', altered((net) => ({ ...net, classes: 5 }))],
    [
      'reads every layer, the last excepted',
      altered((net) => {
        const [input, ...rest] = net.layers;
        const unread: Layer = { name: 'x', op: 'relu', inputs: ['input'], block: 'head', role: 'activation' };
        return { ...net, layers: [input as Layer, unread, ...rest] };
      }),
    ],
    ['labels blocks head, b0, b1, ... or tail, each in one piece', relabel({ stem: 'first' })],
    ['labels blocks head, b0, b1, ... or tail, each in one piece', relabel({ fc: 'head' })],
  ])('fails a network that breaks "%s"', async (check, contribution) => {
    expect(await failures((api) => describeNetworkContract(plugin({ networks: [contribution] }), api))).toEqual([
      check,
    ]);
  });

  it('fails a network that writes to its options', async () => {
    const writes = altered((net) => net);
    const contribution: NetworkContribution = {
      ...writes,
      build(options) {
        (options as Record<string, unknown>)['filters'] = 4;
        return writes.build(options);
      },
    };
    const failed = await failures((api) => describeNetworkContract(plugin({ networks: [contribution] }), api));
    expect(failed).toContain('builds the same network twice from options it does not write to');
  });
});

const start: StageState = { network, densities: {}, metrics: { accuracy: 0.9 }, artifacts: { weights: 'a' } };

const measured = { description: 'A number.', direction: 'minimize' } as const;

const halve: StageContribution = {
  meta: { ...meta, name: 'halve', metrics: { seed: measured, runs: measured } },
  apply: (state, _, { seed }) => {
    return { ...state, densities: { stem: { weights: 0.5 } }, metrics: { ...state.metrics, seed } };
  },
};

describe('the stage contract', () => {
  it('passes a sound stage, asynchronous or not', async () => {
    const later: StageContribution = { ...halve, apply: async (...args) => halve.apply(...args) };
    const good = plugin({ stages: [halve, later] });
    expect(await failures((api) => describeStageContract(good, api, start))).toEqual([]);
  });

  it.each<[string, StageContribution['apply']]>([
    [
      'gives the same state twice for one seed, from a state and options it does not write to',
      (state) => ({ ...state, metrics: { ...state.metrics, runs: (builds += 1) } }),
    ],
    ['is plain JSON', (state) => ({ ...state, artifacts: { ...state.artifacts, loss: NaN } })],
    ['leaves a network that is well formed', (state) => ({ ...state, network: { ...state.network, layers: [] } })],
    ['gives densities from 0 to 1 to layers of the network', (state) => ({ ...state, densities: { b1: {} } })],
    [
      'gives densities from 0 to 1 to layers of the network',
      (state) => ({ ...state, densities: { stem: { weights: 20 } } }),
    ],
    [
      'gives masks that fit the layers of the network',
      (state) => ({ ...state, masks: { stem: packMask([1, 1, 1, 1], Uint8Array.of(1)) } }),
    ],
    [
      'gives masks of the densities it gives',
      (state) => ({
        ...state,
        densities: { fc: { weights: 0.5 } },
        masks: { fc: packMask([4, 8, 1, 1], new Uint8Array(32)) },
      }),
    ],
    [
      'gives formats that fit the layers of the network',
      (state) => ({ ...state, precisions: { fc: { weights: 'int99' } } }),
    ],
    [
      'gives formats that fit the layers of the network',
      (state) => ({ ...state, precisions: { ghost: { weights: 'int8' } } }),
    ],
    ['measures within the range of each metric', (state) => ({ ...state, metrics: { accuracy: 1.5 } })],
    ['reports the metrics it declares and no other', (state) => ({ ...state, metrics: { ...state.metrics, fame: 1 } })],
    ['keeps the metrics, artifacts and budgets of the stages before it', (state) => ({ ...state, metrics: {} })],
  ])('fails a stage that breaks "%s"', async (check, apply) => {
    const stages = [{ ...halve, apply }];
    expect(await failures((api) => describeStageContract(plugin({ stages }), api, start))).toEqual([check]);
  });

  it('fails a stage that writes to its state', async () => {
    const stage: StageContribution = {
      ...halve,
      apply: (state) => {
        (state.metrics as Record<string, number>)['accuracy'] = 1;
        return state;
      },
    };
    const failed = await failures((api) => describeStageContract(plugin({ stages: [stage] }), api, start));
    expect(failed[0]).toBe('gives the same state twice for one seed, from a state and options it does not write to');
  });
});

const cell = defineComponent({
  ...{ name: 'cell', title: 'Cell', description: 'A cell.', source: 'made up' },
  attributes: {
    levels: { type: 'integer', description: 'Levels.', minimum: 2 },
    kind: { type: 'string', description: 'Kind.', default: 'slow', enum: ['slow', 'fast'] },
  },
  actions: { read: 'read it', write: 'write it' },
  price({ levels, kind }) {
    const row = { value: kind === 'fast' ? 2 * levels : levels, source: 'here' };
    return { energyPj: { read: row, write: row }, areaUm2: { value: 1, source: 'there' } };
  },
});

describe('the component contract', () => {
  const cases = { cell: [{ levels: 4 }] };
  const failing = (component: ComponentContribution, given: Parameters<typeof describeComponentContract>[2] = cases) =>
    failures((api) => describeComponentContract(plugin({ components: [component] }), api, given));

  const PRICE = 'prices every action it declares and its area: finite, not below 0, with a source';
  const TWICE = 'gives the same price twice, from attributes it does not write to';
  let calls = 0;
  const good = cell.price({ levels: 2 });
  const { read } = good.energyPj as { read: { value: number; source: string } };

  it('passes a sound class, and tries each value of an attribute that lists its values', async () => {
    const tried = new Set<unknown>();
    const spied: ComponentContribution = { ...cell, price: (given) => (tried.add(given['kind']), cell.price(given)) };
    expect(await failing(spied)).toEqual([]);
    expect([...tried]).toEqual([undefined, 'fast']);
  });

  it('needs attributes that have no default', async () => {
    expect(await failing(cell, {})).toEqual([TWICE, PRICE, 'is plain JSON']);
  });

  it.each<[string, string[], (price: typeof good) => unknown]>([
    ['no number', [PRICE, 'is plain JSON'], (price) => ({ ...price, areaUm2: { value: NaN, source: 'S' } })],
    ['an energy below 0', [PRICE], (price) => ({ ...price, energyPj: { read, write: { ...read, value: -1 } } })],
    ['no source', [PRICE], (price) => ({ ...price, areaUm2: { value: 1, source: '' } })],
    ['an action left out', [PRICE], (price) => ({ ...price, energyPj: { read } })],
    ['an action not declared', [PRICE], (price) => ({ ...price, energyPj: { ...price.energyPj, erase: read } })],
    ['no area', [PRICE], (price) => ({ ...price, areaUm2: undefined })],
    ['a promise', [PRICE], (price) => Promise.resolve(price)],
    ['what is no data', [TWICE, 'is plain JSON'], (price) => ({ ...price, law: () => 1 })],
    ['another price each time', [TWICE], (price) => ({ ...price, areaUm2: { value: (calls += 1), source: 'S' } })],
  ])('fails a price with %s', async (_, checks, change) => {
    const price = (given: object) => change(cell.price(given as { levels: number })) as typeof good;
    const failed = await failing({ ...cell, price });
    expect(failed).toEqual(expect.arrayContaining(checks));
    expect(failed.filter((check) => !checks.includes(check) && check !== 'is plain JSON')).toEqual([]);
  });

  it('fails a class that writes to its attributes', async () => {
    const price = (given: object) => cell.price(Object.assign(given, { levels: 2 }));
    expect(await failing({ ...cell, price })).toContain(TWICE);
  });

  it('fails a price of one value of an attribute, a silent attribute and a default outside its schema', async () => {
    const price: ComponentContribution['price'] = (given) =>
      given['kind'] === 'fast' ? { ...good, energyPj: {} } : good;
    expect(await failing({ ...cell, price })).toEqual([PRICE]);
    const attributes = { levels: { type: 'integer', description: ' ', minimum: 2, default: 1 } } as const;
    const failed = await failing({ meta: { ...cell.meta, attributes }, price: () => good });
    expect(failed).toEqual(['documents every attribute', 'gives every attribute a default its schema accepts']);
  });
});
