import { readFileSync } from 'node:fs';
import type { AcceleratorRun, ActionCount, LayerRun, Options, PriceTables, Workload } from '@archon-dse/core';
import { checkMapping, evaluate, parseMapping } from '@archon-dse/loop-nest';
import {
  arrayArchitecture,
  arrayNest,
  chargeInputChannels,
  evaluationActions,
  PUBLISHED_DENSE_ARRAY,
} from '@archon-dse/pe-array';
import { describe, expect, it } from 'vitest';
import { dense } from './dense.js';

/** One row of the published table; see its head for the columns. */
interface PublishedLayer {
  readonly workload: Workload;
  readonly cycles: number;
  readonly energyPj: number;
  /** Depthwise only: the tabulated energy, made from energies rounded to 0.01 uJ. */
  readonly correctedPj: number | undefined;
  readonly mapping: string;
}

const LAYERS = readPublished();
const PRICES = readPrices();
const ARCHITECTURE = arrayArchitecture(PUBLISHED_DENSE_ARRAY, PRICES);
const ROUNDING_PJ = 0.005e6;

const search = (depthwiseInputs: string): AcceleratorRun => {
  const options: Options = { ...PUBLISHED_DENSE_ARRAY, depthwiseInputs };
  const cache = new Map();
  return dense
    .create(options)
    .run({ workloads: LAYERS.map(({ workload }) => workload), prices: PRICES, cache, seed: 0 });
};

const namesOf = (
  run: AcceleratorRun,
  differs: (layer: LayerRun, published: PublishedLayer) => boolean,
): readonly string[] =>
  run.layers.filter((layer, index) => differs(layer, LAYERS[index]!)).map(({ name, cycles }) => `${name} ${cycles}`);

describe('published mappings of MobileNetV2 on the dense baseline', () => {
  const evaluated = LAYERS.map((layer) => {
    const { problem } = arrayNest(layer.workload, 'ics21');
    const mapping = parseMapping(layer.mapping, ARCHITECTURE);
    return { name: layer.workload.name, layer, problem, mapping };
  });

  it('are all there', () => {
    expect(LAYERS).toHaveLength(4 + 16 * 3 + 2);
  });

  it.each(evaluated)('$name: cycles and energy', ({ layer, problem, mapping }) => {
    expect(checkMapping(problem, ARCHITECTURE, mapping)).toBeUndefined();
    const evaluation = evaluate(problem, ARCHITECTURE, mapping);
    expect(evaluation.cycles).toBe(layer.cycles);
    expect(Math.abs(evaluation.energyPj - layer.energyPj)).toBeLessThan(0.006);
    expect(Math.abs(energyPj(evaluationActions(evaluation)) - layer.energyPj)).toBeLessThan(0.006);
  });

  const corrected = evaluated.filter(({ layer }) => layer.correctedPj !== undefined);
  it.each(corrected)('$name: energy corrected for the input channels', ({ layer, problem, mapping }) => {
    const actions = evaluationActions(evaluate(problem, ARCHITECTURE, mapping));
    const expected = layer.correctedPj ?? NaN;
    expect(Math.abs(energyPj(chargeInputChannels(actions, problem.M)) - expected)).toBeLessThan(ROUNDING_PJ + 0.01);
  });
});

describe('searched mappings of MobileNetV2 on the dense baseline', () => {
  it('take the published cycles, layer by layer', () => {
    expect(namesOf(search('ics21'), (layer, published) => layer.cycles !== published.cycles)).toEqual([]);
  });

  it('take the published cycles with inputs per channel, and say where the buffer would not keep up', () => {
    const runs = search('per-channel');
    expect(namesOf(runs, (layer, published) => layer.cycles !== published.cycles)).toEqual([]);
    const noted = runs.layers.flatMap(({ name, notes = [] }) => notes.map((note) => `${name}: ${note}`));
    expect(noted.filter((note) => !note.endsWith('PEs work'))).toEqual([
      'b6.depthwise: the bandwidth of the global buffer would make it 9606 cycles',
      'b13.depthwise: the bandwidth of the global buffer would make it 7506 cycles',
    ]);
  });

  it('say where PEs are idle: channels that 9 does not divide', () => {
    const idle = search('per-channel').layers.filter(({ notes }) => notes?.some((note) => note.endsWith('PEs work')));
    expect(idle.every(({ utilization }) => utilization < 1)).toBe(true);
    expect(idle.find(({ name }) => name === 'b0.expand')?.notes).toEqual(['64 of 72 PEs work']);
  });

  it('take longer where strided inputs per channel exceed the buffer bandwidth', () => {
    // GLB writes of b6: 33 x 33 x 192 inputs and twice 16 x 16 x 192 outputs, 32 words a cycle; b13 likewise.
    const throttled = search('per-channel-throttled');
    const differing = namesOf(throttled, (layer, published) => layer.cycles !== published.cycles);
    expect(differing).toEqual(['b6.depthwise 9606', 'b13.depthwise 7506']);
  });

  it('never cost more energy than the published ones', () => {
    const dearer = (layer: LayerRun, { energyPj: pj, correctedPj }: PublishedLayer): boolean =>
      energyPj(layer.actions) > (correctedPj === undefined ? pj + 0.006 : correctedPj + ROUNDING_PJ);
    // The published b0 depthwise layer lacks the correction for its input channels.
    expect(namesOf(search('ics21'), dearer)).toEqual(['b0.depthwise 6144']);
  });
});

function energyPj(actions: readonly ActionCount[]): number {
  return actions.reduce((sum, { component, action, count }) => {
    return sum + count * (PRICES.ert[component]?.[action]?.value ?? NaN);
  }, 0);
}

function read(name: string): string {
  return readFileSync(new URL(`../test-data/${name}`, import.meta.url), 'utf8');
}

function readPrices(): PriceTables {
  const { access, compute, area, source } = JSON.parse(read('published-prices.json'));
  const rows = (action: string, values: Record<string, number>) =>
    Object.entries(values).map(([name, value]) => [name, { [action]: { value, source } }]);
  const art = Object.entries(area).map(([name, value]) => [name, { value, source }]);
  return {
    ert: Object.fromEntries([...rows('access', access), ...rows('compute', compute)]),
    art: Object.fromEntries(art),
  };
}

function readPublished(): readonly PublishedLayer[] {
  const [, ...lines] = read('mobilenetv2-cifar10.csv')
    .trimEnd()
    .split('\n')
    .filter((line) => !line.startsWith('#'));
  return lines.map((line) => {
    const [name = '', op, ...columns] = line.split(',');
    const [C = 0, M = 0, kernel = 0, plane = 0, stride = 0, cycles = 0, energy = 0, corrected = 0] =
      columns.map(Number);
    const bounds = { R: kernel, S: kernel, P: plane, Q: plane, N: 1, strideP: stride, strideQ: stride };
    const isDepthwise = op === 'depthwise';
    return {
      workload: {
        name,
        block: name.split('.')[0] ?? '',
        role: isDepthwise ? 'depthwise' : 'pointwise',
        op: op as Workload['op'],
        problem: isDepthwise ? { C: 1, M: 1, ...bounds } : { C, M, ...bounds },
        groups: isDepthwise ? M : 1,
        macs: C * M * kernel ** 2 * plane ** 2,
      },
      cycles,
      energyPj: energy,
      correctedPj: columns[7] === '' ? undefined : corrected * 1e6,
      mapping: columns[8] ?? '',
    };
  });
}
