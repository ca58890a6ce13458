import { seededRandom, type EvaluationRecord, type LayerRecord, type Sweep } from '@archon-dse/core';
import type { RecordSource } from '../src/points/source.js';

const VALUES = {
  width: [0.25, 0.5, 0.75, 1, 1.25, 1.5],
  ratio: [0, 0.2, 0.4, 0.6, 0.8],
  meshX: [4, 8, 12, 16, 20, 24, 28, 32, 48, 64],
  meshY: [4, 8, 12, 16, 20, 24, 28, 32],
  glbKib: [16, 32, 64, 96, 128, 192, 256, 384, 512, 1024],
  lanes: [1, 2, 4, 8, 16],
} as const;

/** A sweep of six options that vary and four objectives, for as many points as {@link manyRecords} makes. */
export const MANY_SWEEP: Sweep = {
  apiVersion: 'archon/v1',
  name: 'many-points',
  plugins: [],
  seed: 7,
  networks: [{ use: 'archon/net', options: {}, axes: { width: VALUES.width } }],
  stages: [],
  accelerators: [{ use: 'archon/dense', options: {}, axes: {} }],
  objectives: [
    { metric: 'cycles', direction: 'minimize' },
    { metric: 'energyPj', direction: 'minimize' },
    { metric: 'areaUm2', direction: 'minimize' },
    { metric: 'accuracy', direction: 'maximize' },
  ],
  constraints: [{ metric: 'areaUm2', max: 9e6 }],
  executor: { kind: 'serial' },
};

const PROVENANCE = {
  plugins: [{ name: '@archon-dse/accel-dense', version: '0.1.0', apiVersion: 1 }],
  engine: 'archon-dse 0.1.0',
  seed: 7,
  prices: { mac: 'table A (invented for tests)', glb: 'table B (invented for tests)' },
};

/** Up to 120,000 invented points that are made when they are read, so that nothing but a report takes memory. Metrics are nowhere on a grid. */
export function manyRecords(count: number, layers = 8): RecordSource {
  return {
    *heads() {
      for (let index = 0; index < count; index++) yield recordAt(index, 0);
    },
    record: (id) => recordAt(Number.parseInt(id.slice(8), 16) - 1, layers),
  };
}

function recordAt(index: number, count: number): EvaluationRecord {
  let rest = index;
  const next = (name: keyof typeof VALUES): number => {
    const values = VALUES[name];
    const value = values[rest % values.length] ?? 0;
    rest = Math.floor(rest / values.length);
    return value;
  };
  const [meshX, glbKib, width] = [next('meshX'), next('glbKib'), next('width')];
  const [ratio, meshY, lanes] = [next('ratio'), next('meshY'), next('lanes')];
  const noise = seededRandom(index, 'many');
  const kept = (1 - ratio) * width * width;
  const cycles = Math.ceil((4e9 * kept * (1 + 40 / glbKib) * (1 + noise() / 5)) / (meshX * meshY * lanes ** 0.8));
  const energyPj = 3e9 * kept * (1 + 30 / glbKib) * (1 + (meshX * meshY) / 900 + lanes / 30) * (1 + noise() / 5);
  const areaUm2 = meshX * meshY * lanes ** 0.7 * 2.1e3 + glbKib * 1.3e4;
  const accuracy = 0.95 - 0.12 / (1 + 8 * width) - 0.1 * ratio ** 3 - noise() / 200;
  const mapping = `DRAM[WIO] Q${String(meshX)} - glb[IO] M${String(meshY)}X - spad[W] C${String(lanes)}`;
  return {
    schemaVersion: 1,
    pointId:
      ((index * 2_654_435_761) % 2 ** 32).toString(16).padStart(8, '0') + (index + 1).toString(16).padStart(8, '0'),
    point: {
      network: { use: 'archon/net', options: { classes: 10, width } },
      stages: [{ use: 'archon/prune', options: { ratio } }],
      accelerator: { use: 'archon/dense', options: { dataBits: 16, glbKib, lanes, meshX, meshY } },
      seed: 7,
    },
    status: 'ok',
    metrics: {
      ...{ cycles, energyPj, areaUm2, edpPjCycles: cycles * energyPj, macs: 3e8 * kept, parameters: 2e6 * kept },
      ...{ utilization: Math.min(1, (3e8 * kept) / (cycles * meshX * meshY)), accuracy },
    },
    layers: Array.from({ length: count }, (_, layer) => layerOf(layer, count, { cycles, energyPj, mapping })),
    provenance: PROVENANCE,
    timing: { startedAt: '2024-01-01T00:00:00Z', wallMs: 1, worker: 0 },
  };
}

interface Whole {
  readonly cycles: number;
  readonly energyPj: number;
  readonly mapping: string;
}

function layerOf(layer: number, count: number, { cycles, energyPj, mapping }: Whole): LayerRecord {
  const energy = energyPj / count;
  return {
    name: `b${String(layer)}.conv`,
    block: `b${String(layer)}`,
    role: 'conv',
    macs: 1e6 * (layer + 1),
    cycles: Math.ceil(cycles / count),
    energyPj: energy,
    utilization: 0.5,
    energyByComponentPj: { mac: energy / 2, 'glb/inputs': energy / 4, 'dram/weights': energy / 4 },
    mapping,
  };
}
