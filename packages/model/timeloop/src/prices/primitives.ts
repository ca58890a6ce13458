/** A class of Timeloop's files that is priced by one of ours: where its attributes and actions are found. */
export interface Primitive {
  /** Our class. */
  readonly class: string;
  /** Our attributes, each with the names it may have in a file; what is not given has our default, or the one of `defaults`. */
  readonly attributes: Readonly<Record<string, readonly string[]>>;
  readonly defaults?: Readonly<Record<string, number>>;
  /** Actions as files name them, with ours. */
  readonly actions: Readonly<Record<string, string>>;
}

const technology = ['technology'];
const latencyNs = ['latency'];
const STORAGE = { read: 'read', write: 'write', update: 'write', idle: 'idle' };
const SIZE = { depthWords: ['depth', 'memory_depth'], widthBits: ['width', 'memory_width'], technology };
const PORTS = ['n_rdwr_ports', 'n_rw_ports', 'n_ports', 'num_ports'];
const BANKED = { ...SIZE, banks: ['n_banks', 'num_banks'], ports: PORTS };

const adder = (dataBits: readonly string[]): Primitive => ({
  class: 'intadder',
  attributes: { dataBits, latencyNs, technology },
  defaults: { dataBits: 16 },
  actions: { add: 'add', count: 'add', read: 'add', compute: 'add', idle: 'idle' },
});
const multiplier = (dataBits: readonly string[]): Primitive => ({
  class: 'intmultiplier',
  attributes: { dataBits, latencyNs, technology },
  actions: {
    multiply: 'multiply',
    mult_random: 'multiply',
    read: 'multiply',
    compute: 'multiply',
    mult_reused: 'reused',
    mult_gated: 'gated',
    idle: 'idle',
  },
});
const comparator: Primitive = {
  class: 'comparator',
  attributes: { dataBits: ['datawidth', 'n_bits'], latencyNs, technology },
  actions: { compare: 'compare', compare_random: 'compare', read: 'compare', idle: 'idle' },
};
const register: Primitive = {
  class: 'register',
  attributes: { dataBits: ['datawidth', 'width'], latencyNs, technology },
  defaults: { dataBits: 1 },
  actions: { read: 'access', write: 'access', access: 'access', idle: 'idle' },
};

/**
 * The primitive classes of Accelergy that we price. An adder knows its `datawidth` only: the `width` that the published buffers give
 * their address generators has no effect, so these are adders of 16 bit.
 */
export const PRIMITIVES: Readonly<Record<string, Primitive>> = {
  DRAM: { class: 'dram', attributes: { type: ['type'], widthBits: ['width'] }, actions: STORAGE },
  SRAM: { class: 'sram', attributes: BANKED, actions: STORAGE },
  smartbuffer_SRAM: { class: 'smartbuffer_SRAM', attributes: BANKED, actions: STORAGE },
  smartbuffer_RF: { class: 'smartbuffer_RF', attributes: SIZE, actions: STORAGE },
  regfile: { class: 'regfile', attributes: { ...SIZE, latencyNs }, actions: STORAGE },
  intmac: {
    class: 'intmac',
    attributes: { dataBits: ['datawidth', 'multiplier_width', 'width', 'word_bits'], latencyNs, technology },
    actions: { compute: 'compute', mac_random: 'compute', mac_reused: 'reused', mac_gated: 'gated', idle: 'idle' },
  },
  intadder: adder(['datawidth', 'n_bits']),
  aladdin_adder: adder(['width', 'n_bits', 'datawidth']),
  intmultiplier: multiplier(['datawidth', 'width']),
  aladdin_multiplier: multiplier(['width', 'width_a', 'datawidth']),
  comparator,
  aladdin_comparator: comparator,
  register,
  aladdin_register: register,
  counter: {
    class: 'counter',
    attributes: { dataBits: ['datawidth', 'width'], latencyNs, technology },
    actions: { count: 'count', read: 'count', idle: 'idle' },
  },
  bitwise: {
    class: 'bitwise',
    attributes: { dataBits: ['datawidth'], latencyNs, technology },
    actions: { process: 'op', read: 'op', compute: 'op', idle: 'idle' },
  },
  FIFO: {
    class: 'fifo',
    attributes: { dataBits: ['datawidth', 'width'], depth: ['depth'], latencyNs, technology },
    actions: { access: 'access', read: 'access', write: 'access', push: 'access', pop: 'access', idle: 'idle' },
  },
};
