import { didYouMean, fail, notCostedText, type LayerRecord, type Options, type Point } from '@archon-dse/core';
import type { Evaluation } from '@archon-dse/engine';
import {
  formatArea,
  formatEnergy,
  formatNumber,
  formatShare,
  optionTexts,
  shortId,
  wrapText,
} from '../terminal/format.js';
import { executionText } from './execution-text.js';
import { legendText, nestText } from './nest-text.js';
import { formatTable } from '../terminal/table.js';

/** The whole network: what was simulated, its layers, where the energy goes, and the sums. */
export function simulationText(point: Point, { metrics, layers, notCosted }: Evaluation): string {
  return [
    headText(point),
    layerTable(layers),
    ...executionText(layers),
    energyText(layers),
    [
      `cycles       ${formatNumber(metrics['cycles'] ?? Number.NaN)}`,
      ...analyticalText(metrics),
      `energy       ${formatEnergy(metrics['energyPj'] ?? Number.NaN)}`,
      `area         ${formatArea(metrics['areaUm2'] ?? Number.NaN)}`,
      `utilisation  ${formatShare(metrics['utilization'] ?? Number.NaN, 1)}`,
      ...(notCosted === undefined ? [] : [`not costed   ${notCostedText(notCosted)}`]),
    ].join('\n'),
    ...(layers.some(({ mapping }) => mapping !== undefined) ? ['--layer NAME draws the mapping of a layer.'] : []),
  ].join('\n\n');
}

function analyticalText({ cyclesAnalytical }: Evaluation['metrics']): readonly string[] {
  return cyclesAnalytical === undefined ? [] : [`analytical   ${formatNumber(cyclesAnalytical)}`];
}

/** One layer, phase by phase: its energy and its mapping. */
export function layerText(point: Point, phases: readonly LayerRecord[]): string {
  const drawn = phases.map((phase) => [
    ...(phase.phase === undefined ? [] : [phase.phase]),
    ...(phase.notes ?? []).map((note) => wrapText(note)),
    energyText([phase]),
    ...(phase.mapping === undefined ? [] : [nestText(phase)]),
  ]);
  const legend = phases.some(({ mapping }) => mapping !== undefined) ? [legendText()] : [];
  return [
    headText(point),
    layerTable(phases),
    ...executionText(phases),
    ...drawn.map((parts) => parts.join('\n\n')),
    ...legend,
  ].join('\n\n');
}

/** All phases of a layer. @throws ArchonError ARCHON_USAGE when the network has none of that name */
export function findLayer<T extends { readonly name: string }>(layers: readonly T[], name: string): readonly T[] {
  const found = layers.filter((layer) => layer.name === name);
  if (found.length > 0) return found;
  const names = [...new Set(layers.map((layer) => layer.name))];
  const hint = didYouMean(name, names);
  return fail({
    code: 'ARCHON_USAGE',
    message: `the network has no layer "${name}"`,
    expected: `one of: ${names.join(', ')}`,
    ...(hint === undefined ? {} : { hint }),
  });
}

/** What was simulated, with all options. */
export function headText({ network, accelerator, seed }: Point): string {
  const options = (of: Options): string => wrapText(optionTexts(of).join(' '), 98).replaceAll('\n', '\n  ');
  return [
    `${shortId(network.use)} on ${shortId(accelerator.use)}, seed ${String(seed)}`,
    `  ${options(network.options)}`,
    `  ${options(accelerator.options)}`,
  ].join('\n');
}

function layerTable(layers: readonly LayerRecord[]): string {
  const rows = layers.map((layer) => [
    layer.name.startsWith(`${layer.block}.`) ? layer.name : `${layer.block}: ${layer.name}`,
    layer.phase === undefined ? layer.role : `${layer.role}, ${layer.phase}`,
    formatNumber(layer.macs),
    formatNumber(layer.cycles),
    formatEnergy(layer.energyPj),
    formatShare(layer.utilization, 1),
  ]);
  return formatTable(['layer', 'role', 'MACs', 'cycles', 'energy', 'PEs busy'], rows);
}

/** Sums by component, most first; data spaces behind each, where the model tells. */
function energyText(layers: readonly LayerRecord[]): string {
  const sums = new Map<string, number>();
  for (const { energyByComponentPj } of layers)
    for (const [name, energyPj] of Object.entries(energyByComponentPj))
      sums.set(name, (sums.get(name) ?? 0) + energyPj);
  const total = layers.reduce((sum, { energyPj }) => sum + energyPj, 0);
  const rows = [...sums]
    .filter(([name]) => !name.includes('/'))
    .sort(([, a], [, b]) => b - a)
    .map(([name, energyPj]) => [
      name,
      formatEnergy(energyPj),
      total === 0 ? '' : formatShare(energyPj / total, 1),
      ...['Weights', 'Inputs', 'Outputs'].map((space) => {
        const part = sums.get(`${name}/${space}`);
        return part === undefined ? '' : formatEnergy(part);
      }),
    ]);
  return formatTable(['component', 'energy', 'share', 'weights', 'inputs', 'outputs'], rows);
}
