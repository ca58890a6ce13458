import {
  defineAccelerator,
  defineOptions,
  type ActionCount,
  type LayerRun,
  type OptionValues,
  type VectorWork,
  type Workload,
} from '@archon-dse/core';
import { trafficBits } from './traffic.ts';

const ROW_BITS = 64; // of the buffer and of the DRAM channel
const BITS_A_KIB = 8 * 1024;

const OPTIONS = defineOptions({
  macsPerCycle: { type: 'integer', description: 'MACs at the peak.', default: 256, minimum: 1, maximum: 1048576 },
  vectorLanes: { type: 'integer', description: 'Values a cycle of all other work.', default: 16, minimum: 1 },
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
    components: () => componentsOf(machine),
    supports: () => ({ ok: true }),
    run({ workloads, vectorWork = [] }) {
      const layers = [
        ...workloads.map((workload) => runLayer(workload, machine)),
        ...vectorWork.map((work) => runVector(work, machine)),
      ];
      return { cycles: layers.reduce((sum, { cycles }) => sum + cycles, 0), layers };
    },
  }),
});

function componentsOf({ macsPerCycle, vectorLanes, bufferKib, dataBits }: Machine) {
  const depthWords = (bufferKib * BITS_A_KIB) / ROW_BITS;
  return [
    { name: 'DRAM', class: 'dram', attributes: { type: 'LPDDR4', widthBits: ROW_BITS }, instances: 1 },
    { name: 'buffer', class: 'smartbuffer_SRAM', attributes: { depthWords, widthBits: ROW_BITS }, instances: 1 },
    { name: 'mac', class: 'intmac', attributes: { dataBits }, instances: macsPerCycle },
    { name: 'lane', class: 'intadder', attributes: { dataBits }, instances: vectorLanes },
  ];
}

function runLayer(workload: Workload, { macsPerCycle, dramBytesPerCycle, bufferKib, dataBits }: Machine): LayerRun {
  const { name, block, role, macs } = workload;
  const bits = trafficBits(workload, dataBits, bufferKib * BITS_A_KIB);
  const computeCycles = Math.ceil(macs / macsPerCycle);
  const dramCycles = Math.ceil(bits / 8 / dramBytesPerCycle);
  const cycles = Math.max(computeCycles, dramCycles);
  return {
    ...{ name, block, role, macs, cycles },
    utilization: macs / (cycles * macsPerCycle),
    actions: [{ component: 'mac', action: 'compute', count: macs }, ...moved(bits)],
    notes: [dramCycles > computeCycles ? 'bound by DRAM' : 'bound by the multipliers'],
  };
}

/** Work that is no MAC is done on values that are on the chip anyway: only its parameters come from DRAM. */
function runVector({ name, block, role, inputs, outputs, parameters }: VectorWork, machine: Machine): LayerRun {
  const values = Math.max(inputs, outputs);
  const bits = parameters * machine.dataBits;
  const dramCycles = Math.ceil(bits / 8 / machine.dramBytesPerCycle);
  const cycles = Math.max(Math.ceil(values / machine.vectorLanes), dramCycles);
  const actions = [{ component: 'lane', action: 'add', count: values }, ...moved(bits)];
  return { name, block, role, macs: 0, cycles, utilization: 0, actions };
}

/** What comes from DRAM or goes there passes the buffer. */
function moved(bits: number): readonly ActionCount[] {
  const count = Math.ceil(bits / ROW_BITS);
  if (count === 0) return [];
  return [
    { component: 'DRAM', action: 'access', count },
    { component: 'buffer', action: 'write', count },
    { component: 'buffer', action: 'read', count },
  ];
}
