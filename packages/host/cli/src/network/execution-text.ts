import type { LayerExecution, LayerRecord } from '@archon-dse/core';
import { formatNumber, formatShare } from '../terminal/format.js';
import { formatTable } from '../terminal/table.js';

type Executed = LayerRecord & { readonly execution: LayerExecution };

/** What executing layers found: cycles beside those of the analytical model, where they were lost, and shares; nothing where none was executed. */
export function executionText(layers: readonly LayerRecord[]): readonly string[] {
  const executed = layers.filter((layer): layer is Executed => layer.execution !== undefined);
  if (executed.length === 0) return [];
  const namesOf = (member: 'stalls' | 'shares') => [
    ...new Set(executed.flatMap(({ execution }) => Object.keys(execution[member] ?? {}))),
  ];
  const [stalls, shares] = [namesOf('stalls'), namesOf('shares')];
  const rows = executed.map(({ name, phase, cycles, execution }) => [
    phase === undefined ? name : `${name}, ${phase}`,
    formatNumber(execution.cyclesAnalytical),
    formatNumber(cycles),
    ...stalls.map((cause) => cell(execution.stalls?.[cause], formatNumber)),
    ...shares.map((share) => cell(execution.shares?.[share], (value) => formatShare(value, 1))),
  ]);
  const lost = stalls.map((cause) => `lost: ${cause}`);
  return [formatTable(['executed', 'analytical', 'cycles', ...lost, ...shares.map(words)], rows)];
}

function cell(value: number | undefined, format: (value: number) => string): string {
  return value === undefined || value === 0 ? '' : format(value);
}

/** `adderUtilization` as `adder utilization`. */
function words(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, (_, end: string, start: string) => `${end} ${start.toLowerCase()}`);
}
