import type { Point } from '@archon-dse/core';
import { createContext, evaluatePoint, type Evaluation } from '@archon-dse/runner';
import type { Context } from '../context.js';
import { loadNamed } from '../host.js';
import { formatArea, formatEnergy, formatNumber } from '../format.js';
import { resolveSetOptions } from '../set-options.js';
import { formatTable } from '../table.js';

interface Flags {
  readonly network: string;
  readonly accelerator: string;
  readonly set: readonly string[];
  readonly plugin: readonly string[];
  readonly seed: number;
  readonly json?: boolean;
}

/** `archon simulate`: one network on one accelerator, layer by layer. */
export async function simulate(context: Context, flags: Flags): Promise<void> {
  const plugins = await loadNamed(context, flags.plugin);
  const network = plugins.registry.resolve('network', flags.network);
  const accelerator = plugins.registry.resolve('accelerator', flags.accelerator);
  const options = resolveSetOptions(flags.set, {
    network: network.contribution.meta,
    accelerator: accelerator.contribution.meta,
  });
  const point: Point = {
    network: { use: network.id, options: options.network },
    stages: [],
    accelerator: { use: accelerator.id, options: options.accelerator },
    seed: flags.seed,
  };
  const evaluation = await evaluatePoint(point, createContext(plugins.registry));
  if (flags.json) context.output.json(simulationJson(point, evaluation));
  else context.output.result(simulationText(point, evaluation));
}

/** The documented document of `simulate --json`. */
function simulationJson(point: Point, { metrics, layers, prices }: Evaluation): object {
  return {
    network: point.network.use,
    networkOptions: point.network.options,
    accelerator: point.accelerator.use,
    acceleratorOptions: point.accelerator.options,
    totals: metrics,
    layers,
    prices,
  };
}

function simulationText(point: Point, { metrics, layers }: Evaluation): string {
  const rows = layers.map((layer) => [
    layer.block,
    layer.name,
    layer.phase === undefined ? layer.role : `${layer.role}, ${layer.phase}`,
    formatNumber(layer.cycles),
    formatEnergy(layer.energyPj),
    `${(100 * layer.utilization).toFixed(1)}%`,
    layer.mapping ?? '',
  ]);
  return [
    `${point.network.use} on ${point.accelerator.use}`,
    '',
    formatTable(['block', 'layer', 'role', 'cycles', 'energy', 'PEs busy', 'mapping'], rows),
    '',
    `cycles       ${formatNumber(metrics['cycles'] ?? Number.NaN)}`,
    `energy       ${formatEnergy(metrics['energyPj'] ?? Number.NaN)}`,
    `area         ${formatArea(metrics['areaUm2'] ?? Number.NaN)}`,
    `utilisation  ${(100 * (metrics['utilization'] ?? Number.NaN)).toFixed(1)}%`,
  ].join('\n');
}
