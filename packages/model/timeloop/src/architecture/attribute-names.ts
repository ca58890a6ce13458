/** Attributes of a storage or of arithmetic that say what we model, by what they are for; the first that is given counts. */
export const READ = {
  wordBits: ['word_bits', 'word_width', 'datawidth'],
  blockSize: ['block_size', 'n_words'],
  width: ['width', 'memory_width', 'data_storage_width'],
  depth: ['depth', 'memory_depth', 'data_storage_depth'],
  entries: ['entries'],
  sizeKiB: ['sizeKB'],
  bandwidth: ['bandwidth'],
  readBandwidth: ['read_bandwidth'],
  writeBandwidth: ['write_bandwidth'],
  multipleBuffering: ['multiple_buffering'],
  mesh: ['meshX', 'meshY', 'instances'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Attributes that change a result in Timeloop and have no meaning in our model, with the value that changes none, and why. */
export const REFUSED: Readonly<Record<string, readonly [neutral: readonly (number | string)[], reason: string]>> = {
  cluster_size: [[1], 'several instances that share one physical word are not modelled'],
  shared_bandwidth: [
    [],
    'a bandwidth that reads and writes share is not modelled; give read_bandwidth and write_bandwidth',
  ],
  rw_bandwidth: [
    [],
    'a bandwidth that reads and writes share is not modelled; give read_bandwidth and write_bandwidth',
  ],
  per_dataspace_bandwidth_consumption_scale: [[], 'a bandwidth by data space is not modelled'],
  min_utilization: [[0], 'a least utilisation of a storage is not modelled'],
  network_fill_latency: [[0], 'latencies of networks are not modelled'],
  network_drain_latency: [[0], 'latencies of networks are not modelled'],
  allow_overbooking: [['false', 'False'], 'overbooked tiles are not modelled'],
  power_gated_at: [[], 'power gating is not modelled'],
  has_power_gating: [['false', 'False'], 'power gating is not modelled'],
  metadata_block_size: [[1], 'metadata need sparse optimisations, which are not read from these files'],
  metadata_datawidth: [[0], 'metadata need sparse optimisations, which are not read from these files'],
  metadata_word_bits: [[0], 'metadata need sparse optimisations, which are not read from these files'],
  metadata_storage_width: [[0], 'metadata need sparse optimisations, which are not read from these files'],
  metadata_width: [[0], 'metadata need sparse optimisations, which are not read from these files'],
  metadata_storage_depth: [[0], 'metadata need sparse optimisations, which are not read from these files'],
  metadata_depth: [[0], 'metadata need sparse optimisations, which are not read from these files'],
  decompression_supported: [
    ['false', 'False'],
    'compressed data need sparse optimisations, which are not read from these files',
  ],
  compression_supported: [
    ['false', 'False'],
    'compressed data need sparse optimisations, which are not read from these files',
  ],
};

/** Attributes that published files have and that change nothing, here as in Timeloop; classes may use them in their prices. */
export const WITHOUT_EFFECT = [
  'technology',
  'name',
  'type',
  'latency',
  'global_cycle_seconds',
  'n_banks',
  'num_banks',
  'n_ports',
  'num_ports',
  'n_rdwr_ports',
  'n_rw_ports',
  'n_rd_ports',
  'n_wr_ports',
  'n_buffets',
  'update_fifo_depth',
  'network_word_bits',
  'reduction_supported',
  'multiplier_width',
  'adder_width',
  'num',
  'action_latency_cycles',
];
