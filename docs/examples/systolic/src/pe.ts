import { defineComponent } from '@archon-dse/core';

const HOROWITZ = 'Horowitz, ISSCC 2014, figure 1.1.9, 45 nm at 0.9 V';
const SYNTHESIS = 'Dally, NIPS 2015 tutorial: TSMC 45 nm synthesis, beside the energies of Horowitz';
const REGISTER = 'Aladdin anchor of a register bit at 5 ns, Accelergy plug-in (c33fe70)';

/** Integer multipliers and the adder of their sums, as published; nothing between them is made up. */
const MULTIPLIERS = { 8: { pj: 0.2, um2: 282 }, 32: { pj: 3.1, um2: 3495 } } as const;
const ADDER_32 = { pj: 0.1, um2: 137 };
const REGISTER_BIT = { pj: 0.009, um2: 5.98 };
const SUM_BITS = 32;

/** A processing element of a systolic array: multiplier, adder, and registers for weight, input and partial sum. */
export const systolicPe = defineComponent({
  name: 'systolic-pe',
  title: 'Systolic PE',
  description: 'Multiplier and 32-bit adder with registers for a weight, an input and a partial sum.',
  source: `${HOROWITZ}; ${SYNTHESIS}; ${REGISTER}`,
  attributes: {
    dataBits: { type: 'integer', description: 'Width of weights and inputs.', unit: 'bit', enum: [8, 32], default: 8 },
  },
  actions: {
    compute: 'multiply, add, and hand on input and partial sum',
    load: 'clock a weight in',
  },
  price({ dataBits }) {
    const { pj, um2 } = MULTIPLIERS[dataBits];
    const sources = `${HOROWITZ}; registers: ${REGISTER}`;
    return {
      energyPj: {
        compute: { value: pj + ADDER_32.pj + (dataBits + SUM_BITS) * REGISTER_BIT.pj, source: sources, macs: 1 },
        load: { value: dataBits * REGISTER_BIT.pj, source: REGISTER },
      },
      areaUm2: {
        value: um2 + ADDER_32.um2 + (2 * dataBits + SUM_BITS) * REGISTER_BIT.um2,
        source: `${SYNTHESIS}; registers: ${REGISTER}`,
      },
    };
  },
});
