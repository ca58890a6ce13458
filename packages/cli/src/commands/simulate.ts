import { Command } from 'commander';
import type { EvaluationRecord } from '@archon-dse/core';
import { evaluateOnce } from '@archon-dse/runner';
import type { Context } from '../context.js';
import { examples, jsonOption, pluginOption, setOption } from '../flags.js';
import { formatArea, formatEnergy, formatNumber } from '../format.js';
import { EXIT, reportError } from '../output.js';
import { resolveSetOptions } from '../set-options.js';
import { formatTable } from '../table.js';
import { ArchonError } from '@archon-dse/core';

interface Flags {
  readonly network: string;
  readonly accelerator: string;
  readonly set: readonly string[];
  readonly plugin: readonly string[];
  readonly seed: string;
  readonly json?: boolean;
}

/** `archon simulate`: one network on one accelerator, layer by layer. */
export function simulateCommand(context: Context): Command {
  return new Command('simulate')
    .description('run one network on one accelerator model')
    .requiredOption('--network <id>', 'the network, e.g. mobilenet-v2')
    .requiredOption('--accelerator <id>', 'the accelerator, e.g. dense')
    .addOption(setOption('network or the accelerator'))
    .option('--seed <n>', 'seed of everything random', '1')
    .addOption(pluginOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'archon simulate --network mobilenet-v2 --accelerator dense',
        'archon simulate --network mobilenet-v2 --accelerator dense --set width=0.5 --set glbKib=64',
        'archon simulate --network mobilenet-v2 --accelerator dense --set accelerator.meshX=16 --json',
      ),
    )
    .action(async (flags: Flags) => {
      const plugins = await context.loadPlugins(flags.plugin);
      const network = plugins.registry.resolve('network', flags.network);
      const accelerator = plugins.registry.resolve('accelerator', flags.accelerator);
      const options = resolveSetOptions(flags.set, {
        network: network.contribution.meta,
        accelerator: accelerator.contribution.meta,
      });
      const record = await evaluateOnce(
        {
          network: { use: network.id, options: options.network },
          stages: [],
          accelerator: { use: accelerator.id, options: options.accelerator },
          seed: Number(flags.seed),
        },
        plugins.registry,
      );
      showRecord(record, flags, context);
    });
}

type Simulated = Omit<EvaluationRecord, 'timing'>;

function showRecord(record: Simulated, flags: Flags, context: Context): void {
  if (record.error !== undefined) {
    reportError(new ArchonError(record.error), context.output, flags.json === true);
    context.setExitCode(EXIT.pointsFailed);
    return;
  }
  if (flags.json) context.output.json(simulationJson(record));
  else context.output.result(simulationText(record));
}

/** The documented document of `simulate --json`. */
function simulationJson({ point, metrics, layers, provenance }: Simulated): object {
  return {
    network: point.network.use,
    networkOptions: point.network.options,
    accelerator: point.accelerator.use,
    acceleratorOptions: point.accelerator.options,
    totals: metrics,
    layers,
    provenance,
  };
}

function simulationText({ point, metrics, layers }: Simulated): string {
  const rows = layers.map((layer) => [
    layer.block,
    layer.name,
    layer.role,
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
