import type { EvaluationRecord, LayerExecution, LayerRecord } from '@archon-dse/core';

/** Records whose blocks were executed: each layer's cycles are those of the execution, three quarters of them by the analytical model. */
export function withExecutions(
  records: readonly EvaluationRecord[],
  change: (execution: LayerExecution, layer: LayerRecord) => LayerExecution = (execution) => execution,
): EvaluationRecord[] {
  return records.map((record) => ({
    ...record,
    layers: record.layers.map((layer, i) =>
      layer.role === 'stem' ? layer : { ...layer, execution: change(fakeExecution(layer, i), layer) },
    ),
  }));
}

/** Half of the layers of each block have pictures; a map of 4 rows and 8 columns, a histogram of 0 to 9 additions. */
function fakeExecution({ role, cycles }: LayerRecord, i: number): LayerExecution {
  const stalls = { imbalance: cycles / 5, 'fifo-full': cycles / 20 };
  const analytical = { cyclesAnalytical: Math.floor(cycles * 0.75), stalls };
  if (role !== 'project') return analytical;
  const row = (at: number): number[] => Array.from({ length: 8 }, (_, column) => ((at + column + i) % 11) / 10);
  return {
    ...analytical,
    shares: { adderUtilization: 0.25 },
    histograms: { additions: Array.from({ length: 10 }, (_, n) => 1000 * (10 - n) + i) },
    maps: { firstMasks: [0, 1, 2, 3].map(row) },
  };
}
