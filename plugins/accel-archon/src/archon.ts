import {
  archonComponents,
  blockCycles,
  mainMeshSides,
  PART,
  runFusedBlocks,
  runLayer,
  type ArchonModel,
  type BlockRun,
  type FusedBlock,
} from '@archon-dse/archon-model';
import {
  defineAccelerator,
  fail,
  type AcceleratorInput,
  type AcceleratorRun,
  type Component,
  type LayerRun,
} from '@archon-dse/core';
import { EXECUTION_METRICS, groupProblem, LEVEL, refuseIdleMesh } from '@archon-dse/pe-array';
import { cachedModel } from './cached-model.js';
import { blockOf, executeBlocks } from './executed-blocks.js';
import { runExecuted, type ExecutedBlockRun } from './executed-run.js';
import { phaseLayer } from './layer-runs.js';
import { ARCHON_OPTION_RULES, ARCHON_OPTIONS, type ArchonOptions } from './options.js';
import { fusedBlocks, planNetwork, type Step } from './plan.js';
import { archonRules } from './rules.js';
import { archonSupport } from './supports.js';

/** Computes the three convolutions of each bottleneck as one, and all other layers one after the other on the same PEs. */
export const archon = defineAccelerator({
  name: 'archon',
  title: 'ARCHON',
  description:
    'PE array with adders beside the MACs. Predicts which activations inside a bottleneck would be zero and computes the bottleneck ' +
    'as a single convolution.',
  options: ARCHON_OPTIONS,
  rules: ARCHON_OPTION_RULES,
  metrics: EXECUTION_METRICS,
  source: "The ARCHON accelerator, ICS'21",
  create: (options) => ({
    components: () => components(options),
    supports: (workload) => archonSupport(workload, options),
    check(workloads) {
      const blocks = fusedBlocks(planNetwork(workloads, options));
      if (blocks.length > 0) refuseIdleMesh(mainMeshSides(blocks, options));
    },
    run: (input) => runArchon(options, input),
  }),
});

/** All hardware; the publication leaves some of it out of the area. */
function components(options: ArchonOptions): readonly Component[] {
  const rules = archonRules(options);
  const leftOut: readonly string[] = [
    LEVEL.weightsSpad,
    ...(rules.predictionGlbArea === 'left-out' ? [PART.predictionGlb] : []),
    ...(options.method === 'ics21' ? [LEVEL.dram, LEVEL.column] : []),
  ];
  return archonComponents(options, rules).map((component) =>
    leftOut.includes(component.name) ? { ...component, inArea: false } : component,
  );
}

function runArchon(options: ArchonOptions, input: AcceleratorInput): AcceleratorRun | Promise<AcceleratorRun> {
  const steps = planNetwork(input.workloads, options);
  const blocks = fusedBlocks(steps);
  const [first] = blocks;
  if (first === undefined) return refuseUnfusible(steps);
  const model = cachedModel(options, archonRules(options, first), input.prices, input.cache);
  const runs = runFusedBlocks(blocks, model);
  const analytical = wholeNetwork(steps, runs, model, options);
  if (options.fidelity === 'analytical') return analytical;
  const metrics = { cyclesAnalytical: analytical.cycles };
  return onMasks(blocks, runs, model, { options, input }).then((executed) => {
    return { ...wholeNetwork(steps, executed, model, options), metrics };
  });
}

/** The fused blocks on the masks of real images. */
async function onMasks(
  blocks: readonly FusedBlock[],
  runs: readonly BlockRun[],
  model: ArchonModel,
  { options, input }: { readonly options: ArchonOptions; readonly input: AcceleratorInput },
): Promise<readonly ExecutedBlockRun[]> {
  const executed = await executeBlocks(input, options);
  return Promise.all(
    runs.flatMap((run, index) => {
      const block = blocks[index];
      return block === undefined ? [] : [runExecuted(block, run, blockOf(executed, run.block), model, options)];
    }),
  );
}

/** Layers and blocks in the order of the network. */
function wholeNetwork(
  steps: readonly Step[],
  blocks: readonly (BlockRun | ExecutedBlockRun)[],
  model: ArchonModel,
  options: ArchonOptions,
): AcceleratorRun {
  const runs = new Map(blocks.map((run) => [run.block, run]));
  const parts = steps.map((step): AcceleratorRun => {
    if (step.kind === 'layer') return layerwise(step, model, options);
    const run = runs.get(step.block.name) ?? { block: step.block.name, phases: [] };
    const [expand, second, third] = step.layers;
    const layers = run.phases.map((phase) =>
      phaseLayer(
        { 'predict-expand': expand, 'predict-second': second }[phase.phase as string] ?? third,
        phase,
        options,
      ),
    );
    return { cycles: blockCycles(run, options.phases), layers };
  });
  return { cycles: parts.reduce((sum, { cycles }) => sum + cycles, 0), layers: parts.flatMap(({ layers }) => layers) };
}

function layerwise(
  { layer, reason }: Step & { kind: 'layer' },
  model: ArchonModel,
  options: ArchonOptions,
): AcceleratorRun {
  const run = runLayer({ name: layer.name, ...groupProblem(layer) }, model);
  const layers: LayerRun[] = [phaseLayer(layer, run, options, [`layer by layer: ${reason}`])];
  return { cycles: run.cycles, layers };
}

function refuseUnfusible(steps: readonly Step[]): never {
  const reasons = new Map(
    steps.flatMap((step) =>
      step.kind === 'layer' && step.layer.role === 'expand' ? [[step.layer.block, step.reason]] : [],
    ),
  );
  const why = [...reasons].map(([block, reason]) => `${block}: ${reason}`).join('; ');
  return fail({
    code: 'ARCHON_WORKLOAD_UNSUPPORTED',
    message: `ARCHON finds no block to fuse in this network${why === '' ? '' : ` (${why})`}`,
    expected:
      'a block of one expanding, one depthwise and one projecting layer with nothing but BatchNorm, ReLU and shuffles between',
    hint: 'Run this network on a dense or sparse accelerator.',
  });
}
