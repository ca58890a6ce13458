import { bitsOf, defineAccelerator, type LayerRun, type Support, type Workload } from '@archon-dse/core';
import { actionsOf, components } from './components.ts';
import { gemmOf } from './gemm.ts';
import { OPTIONS, type Options } from './options.ts';
import { arrayCycles, weightShifts } from './passes.ts';
import { trafficOf } from './traffic.ts';

/** Weight-stationary array: each PE keeps a weight while inputs move right and partial sums down. */
export const systolic = defineAccelerator({
  name: 'systolic',
  title: 'Systolic array',
  description: 'Weight-stationary systolic array with PEs of its own prices; convolutions as products of matrices.',
  source: 'Cycles: Samajdar et al., SCALE-Sim, ISPASS 2020; PEs: Horowitz, ISSCC 2014',
  options: OPTIONS,
  create: (options) => ({
    components: () => components(options),
    supports: (workload) => supports(workload, options),
    run({ workloads }) {
      const layers = workloads.map((workload) => runLayer(workload, options));
      return { cycles: layers.reduce((sum, { cycles }) => sum + cycles, 0), layers };
    },
  }),
});

/** Operands of fewer bits take whole words; more do not fit the multipliers. */
function supports({ precision = {} }: Workload, { dataBits }: Options): Support {
  const { weights, inputs } = precision;
  const tooWide = [weights, inputs].find((format) => format !== undefined && bitsOf(format) > dataBits);
  return tooWide === undefined ? { ok: true } : { ok: false, reason: `PEs multiply ${dataBits} bit, not ${tooWide}` };
}

function runLayer(workload: Workload, options: Options): LayerRun {
  const { name, block, role, macs, groups } = workload;
  const { rows, columns, dataBits, bufferKib, dramBytesPerCycle } = options;
  const gemm = gemmOf(workload);
  const traffic = trafficOf(workload, options, (bufferKib * 1024 * 8) / dataBits);
  const dramValues = traffic.dramWeights + traffic.dramInputs + traffic.dramOutputs;
  const dramCycles = Math.ceil((dramValues * dataBits) / 8 / dramBytesPerCycle);
  const cycles = Math.max(groups * arrayCycles(gemm, options), dramCycles);
  return {
    ...{ name, block, role, macs, cycles },
    utilization: macs / (cycles * rows * columns),
    actions: actionsOf(macs, groups * weightShifts(gemm, options), traffic, dataBits),
  };
}
