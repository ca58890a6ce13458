import type { EvaluationRecord, LayerRecord, Objective, Sweep, TrainingBudget } from '@archon-dse/core';

/** Records that look like a sweep's, from a smooth invented model: for tests of the report and for looking at it. */
export interface FakeOptions {
  readonly objectives?: readonly Objective[];
  readonly variants?: readonly string[];
  readonly widths?: readonly number[];
  readonly meshes?: readonly number[];
  readonly glbKib?: readonly number[];
  readonly layers?: number;
  readonly groupBy?: string;
}

const TWO: readonly Objective[] = [
  { metric: 'cycles', direction: 'minimize' },
  { metric: 'energyPj', direction: 'minimize' },
];

export const THREE: readonly Objective[] = [...TWO, { metric: 'accuracy', direction: 'maximize' }];

export function fakeSweep(options: FakeOptions = {}): Sweep {
  const { variants = ['archon/mobilenet-v2', 'archon/effnet-lite'], widths = [0.5, 0.75, 1] } = options;
  return {
    apiVersion: 'archon/v1',
    name: 'mobile-nets-on-dense-arrays',
    description: 'Two network families, three widths, PE meshes from 8 x 16 to 32 x 16 and four global buffer sizes.',
    plugins: [],
    seed: 7,
    networks: variants.map((use) => ({ use, options: { classes: 10 }, axes: { width: widths } })),
    stages: [],
    accelerators: [{ use: 'archon/dense', options: {}, axes: {} }],
    objectives: options.objectives ?? TWO,
    constraints: [{ metric: 'areaUm2', max: 6e6 }],
    ...(options.groupBy === undefined ? {} : { groupBy: options.groupBy }),
    executor: { kind: 'serial' },
  };
}

export function fakeRecords(options: FakeOptions = {}): EvaluationRecord[] {
  const {
    variants = ['archon/mobilenet-v2', 'archon/effnet-lite'],
    widths = [0.5, 0.75, 1],
    meshes = [8, 12, 16, 32],
    glbKib = [32, 64, 128, 256],
    layers = 50,
  } = options;
  const records: EvaluationRecord[] = [];
  for (const variant of variants) {
    for (const width of widths) {
      for (const mesh of meshes) {
        for (const glb of glbKib) {
          records.push(fakeRecord({ variant, width, mesh, glb, layers, index: records.length }));
        }
      }
    }
  }
  return records;
}

interface Config {
  readonly variant: string;
  readonly width: number;
  readonly mesh: number;
  readonly glb: number;
  readonly layers: number;
  readonly index: number;
}

function fakeRecord(config: Config): EvaluationRecord {
  const { variant, width, mesh, glb, index } = config;
  const layers = Array.from({ length: config.layers }, (_, i) => fakeLayer(i, config));
  const cycles = layers.reduce((sum, layer) => sum + layer.cycles, 0);
  const energyPj = layers.reduce((sum, layer) => sum + layer.energyPj, 0);
  const macs = layers.reduce((sum, layer) => sum + layer.macs, 0);
  const failed = mesh === 32 && glb === 32 && width === 1;
  const point = {
    network: { use: variant, options: { classes: 10, width } },
    stages: [],
    accelerator: {
      use: 'archon/dense',
      options: { dataBits: 16, glbKib: glb, mapper: 'weightStationary', meshX: mesh, meshY: 16 },
    },
    seed: 7,
  };
  const base = {
    schemaVersion: 1 as const,
    pointId: `p${((index + 1) * 2654435761).toString(16).padStart(12, '0').slice(-10)}`,
    point,
    provenance: PROVENANCE,
    timing: {
      startedAt: `2024-01-01T00:00:${String(index % 60).padStart(2, '0')}Z`,
      wallMs: index * 3.7,
      worker: index % 4,
    },
  };
  if (failed) {
    const message = `layer b3.depthwise: no mapping fits a global buffer of ${glb} KiB on a ${mesh} x 16 mesh`;
    const error = {
      code: 'ARCHON_NO_MAPPING' as const,
      message,
      hint: 'Raise glbKib or lower meshX.',
      layer: 'b3.depthwise',
    };
    return { ...base, status: 'failed', metrics: {}, layers: [], error };
  }
  const areaUm2 = mesh * 16 * 7.1e3 + glb * 1.3e4 + 2e5;
  const metrics = {
    cycles,
    energyPj,
    areaUm2,
    edpPjCycles: cycles * energyPj,
    macs,
    parameters: Math.round(2.2e6 * width * width),
    utilization: macs / (cycles * mesh * 16),
    accuracy: 0.94 - 0.09 * (1 - width) - (variant.includes('effnet') ? 0 : 0.012),
  };
  return { ...base, status: 'ok', metrics, layers };
}

const ROLES = ['expand', 'depthwise', 'project'] as const;

function fakeLayer(i: number, { variant, width, mesh, glb }: Config): LayerRecord {
  const role = ROLES[i % 3] ?? 'expand';
  const block = i === 0 ? 'head' : `b${Math.floor(i / 3)}`;
  const shape = (0.6 + 0.4 * Math.sin(i * 1.7)) * (variant.includes('effnet') ? 1.35 : 1);
  const macs = Math.round(4e6 * width * width * shape * (role === 'depthwise' ? 0.12 : 1)) + 1000;
  const utilization = Math.max(0.04, (role === 'depthwise' ? 0.35 : 0.93) - mesh * 0.012 + 0.05 * Math.cos(i * 2.3));
  const cycles = Math.ceil((macs / (mesh * 16 * utilization)) * (1 + 24 / glb));
  const misses = 1 + 90 / glb;
  const energyByComponentPj = {
    mac: macs * 0.56,
    'spad/weights': macs * 0.31,
    'spad/inputs': macs * 0.22,
    'spad/outputs': macs * 0.27,
    noc: macs * 0.06 * mesh,
    'glb/inputs': macs * 0.05 * Math.sqrt(glb / 32),
    'glb/outputs': macs * 0.04 * Math.sqrt(glb / 32),
    'dram/weights': macs * 0.11 * misses,
    'dram/inputs': macs * 0.07 * misses,
    'dram/outputs': macs * 0.06,
    leakage: cycles * (mesh * 0.3 + glb * 0.6),
  };
  const energyPj = Object.values(energyByComponentPj).reduce((a, b) => a + b, 0);
  const tile = 1 + ((i * 7) % 4);
  const mapping = `DRAM[WIO] Q${tile * 2} P${tile} - shared_glb[IO] P${mesh} M${mesh}X Q${4 * tile} - psum_spad[O] M16 C${tile} - weight_spad[W] S3 R3`;
  const tiles = `W864 I3072 O131072 - I${304 * tile} O512 / ${glb * 512} - O16 / 24 - W9 / 224`;
  return {
    name: i === 0 ? 'head.conv' : `${block}.${role}`,
    block,
    role: i === 0 ? 'stem' : role,
    macs,
    cycles,
    energyPj,
    utilization,
    energyByComponentPj,
    mapping,
    tiles,
    ...(i % 11 === 5 ? { notes: ['folded into the previous pass'] } : {}),
  };
}

const PROVENANCE = {
  plugins: [
    { name: '@archon-dse/net-mobilenetv2', version: '0.1.0', apiVersion: 1 },
    { name: '@archon-dse/accel-dense', version: '0.1.0', apiVersion: 1 },
  ],
  engine: 'archon-dse 0.1.0',
  seed: 7,
  prices: {
    mac: '16-bit multiply-add, 45 nm; table A (invented for tests)',
    spad: '0.5 KiB register file; table A (invented for tests)',
    glb: 'SRAM fit by capacity; table B (invented for tests)',
    dram: 'LPDDR4, 4 pJ/bit (invented for tests)',
    noc: 'hop energy by wire length (invented for tests)',
  },
};

const TRAINED: TrainingBudget = {
  stage: 'train',
  recipe: 'short',
  dataset: 'procedural',
  images: 64,
  testImages: 16,
  epochs: 2,
  batch: 8,
  microBatch: 8,
  backend: 'onnx',
};

/** Records that were trained and pruned, the widest networks for longer. */
export function withBudgets(records: readonly EvaluationRecord[]): EvaluationRecord[] {
  return records.map((record) => {
    if (record.status === 'failed') return record;
    const epochs = record.point.network.options['width'] === 1 ? 4 : 2;
    return {
      ...record,
      budgets: [
        { ...TRAINED, epochs },
        { ...TRAINED, stage: 'prune', epochs: 3 },
      ],
    };
  });
}

/** A sweep that names published values of an objective and of another metric. */
export function withReferences(sweep: Sweep, label = 'Net, published'): Sweep {
  return {
    ...sweep,
    references: [
      { metric: 'accuracy', value: 0.99, label, source: 'a paper' },
      { metric: 'cycles', value: 1_000_000, label: `${label} too`, source: 'a paper' },
    ],
  };
}
