import { defineAccelerator, type LayerRun, type Workload } from '@archon-dse/core';

/** Words of 16 bits that DRAM delivers in an access. */
const WORDS_PER_ACCESS = 4;

/** MACs side by side, fed straight from DRAM: nothing is ever reused, and weights that are zero are skipped. */
export const lanes = defineAccelerator({
  name: 'lanes',
  title: 'Lanes',
  description: 'MACs that read both operands from DRAM in every cycle and skip zero weights.',
  source: 'written for this plugin',
  options: {
    lanes: { type: 'integer', description: 'MACs that work side by side.', default: 8, minimum: 1, maximum: 1024 },
  },
  create: (options) => ({
    components: () => [
      { name: 'mac', class: 'intmac', attributes: { dataBits: 16 }, instances: options.lanes },
      {
        name: 'DRAM',
        class: 'dram',
        attributes: { type: 'LPDDR4', widthBits: 16 * WORDS_PER_ACCESS },
        instances: 1,
      },
    ],
    supports: () => ({ ok: true }),
    run({ workloads }) {
      const layers = workloads.map((workload) => runLayer(workload, options.lanes));
      return { cycles: layers.reduce((sum, { cycles }) => sum + cycles, 0), layers };
    },
  }),
});

function runLayer({ name, block, role, macs, density, problem, groups }: Workload, width: number): LayerRun {
  const done = Math.ceil(macs * (density?.weights ?? 1));
  const cycles = Math.max(1, Math.ceil(done / width));
  const outputs = groups * problem.M * problem.P * problem.Q * problem.N;
  return {
    ...{ name, block, role, macs: done, cycles, utilization: done / (cycles * width) },
    actions: [
      { component: 'mac', action: 'compute', count: done },
      { component: 'DRAM', action: 'access', count: Math.ceil((2 * done + outputs) / WORDS_PER_ACCESS) },
    ],
  };
}
