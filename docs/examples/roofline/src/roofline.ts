import { defineAccelerator, defineOptions, type LayerRun, type OptionValues, type Workload } from '@archon-dse/core';
import { tensorBits, trafficBits } from './traffic.js';

const ROW_BITS = 64; // of the buffer and of the DRAM channel
const BITS_A_KIB = 8 * 1024;

const OPTIONS = defineOptions({
  macsPerCycle: { type: 'integer', description: 'MACs at the peak.', default: 256, minimum: 1, maximum: 1048576 },
  dramBytesPerCycle: { type: 'number', description: 'Bandwidth of the DRAM.', default: 16, exclusiveMinimum: 0 },
  bufferKib: { type: 'integer', description: 'Buffer on the chip.', unit: 'KiB', default: 128, minimum: 1 },
  dataBits: { type: 'integer', description: 'Width of a value.', unit: 'bit', default: 16, minimum: 1, maximum: 64 },
});

type Machine = OptionValues<typeof OPTIONS>;

/** The least time and energy of a machine of which only peak rate, bandwidth and buffer are known. */
export const roofline = defineAccelerator({
  name: 'roofline',
  title: 'Roofline',
  description: 'As fast as its multipliers or its DRAM allow, whichever is slower; one buffer, no dataflow.',
  source:
    'Williams et al., Roofline, CACM 52(4), 2009; energy as in Choi et al., A roofline model of energy, IPDPS 2013',
  options: OPTIONS,
  create: (machine) => ({
    components: () => [
      { name: 'DRAM', class: 'dram', attributes: { type: 'LPDDR4', widthBits: ROW_BITS }, instances: 1 },
      {
        name: 'buffer',
        class: 'smartbuffer_SRAM',
        attributes: { depthWords: (machine.bufferKib * BITS_A_KIB) / ROW_BITS, widthBits: ROW_BITS },
        instances: 1,
      },
      { name: 'mac', class: 'intmac', attributes: { dataBits: machine.dataBits }, instances: machine.macsPerCycle },
    ],
    supports: () => ({ ok: true }),
    run({ workloads }) {
      const layers = workloads.map((workload) => runLayer(workload, machine));
      return { cycles: layers.reduce((sum, { cycles }) => sum + cycles, 0), layers };
    },
  }),
});

function runLayer(workload: Workload, machine: Machine): LayerRun {
  const { name, block, role, macs, groups } = workload;
  const moved = groups * trafficBits(tensorBits(workload, machine.dataBits), machine.bufferKib * BITS_A_KIB);
  const computeCycles = Math.ceil(macs / machine.macsPerCycle);
  const dramCycles = Math.ceil(moved / 8 / machine.dramBytesPerCycle);
  const cycles = Math.max(computeCycles, dramCycles);
  const rows = Math.ceil(moved / ROW_BITS);
  return {
    ...{ name, block, role, macs, cycles },
    utilization: macs / (cycles * machine.macsPerCycle),
    actions: [
      { component: 'DRAM', action: 'access', count: rows },
      { component: 'buffer', action: 'write', count: rows },
      { component: 'buffer', action: 'read', count: rows },
      { component: 'mac', action: 'compute', count: macs },
    ],
    notes: [dramCycles > computeCycles ? 'bound by DRAM' : 'bound by the multipliers'],
  };
}
