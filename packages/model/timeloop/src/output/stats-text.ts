import { networksOf, type Network, type Traffic } from './networks.js';
import { loopText, reportName } from './nest.js';
import type { NamedAccesses, Report, ReportLevel } from './report.js';

/** Two decimals as C prints them: of two that are equally near, the even one. */
function fixed(value: number): string {
  const isTie = Number.isInteger(value * 8) && !Number.isInteger(value * 4);
  const below = Math.floor(value * 100);
  return isTie ? ((below % 2 === 0 ? below : below + 1) / 100).toFixed(2) : value.toFixed(2);
}
const or = (value: number | undefined, text: (value: number) => string): string =>
  value === undefined ? '-' : text(value);

/** Lines `label : value`, aligned. */
function rows(indent: number, width: number, pairs: readonly (readonly [string, string])[]): string[] {
  return pairs.map(([label, value]) => `${' '.repeat(indent)}${label.padEnd(width)} : ${value}`);
}

/**
 * The statistics as Timeloop v1 writes them into `stats.txt`, line by line, so that scripts which read that file read ours. Networks have
 * their traffic and no energy; temporal reductions and address generation cost none.
 */
export function statsText(report: Report): string {
  const inner = [...report.levels].reverse();
  const networks = [...networksOf(report)].sort((a, b) => (a.name < b.name ? -1 : 1));
  return [
    'Buffer and Arithmetic Levels',
    '----------------------------',
    'Level 0',
    '-------',
    ...arithmetic(report),
    ...inner.flatMap((level, l) => [`Level ${l + 1}`, '-------', ...levelLines(level, report)]),
    'Networks',
    '--------',
    ...networks.flatMap((network, n) => [`Network ${n}`, '---------', ...networkLines(network, report)]),
    ...totals(report),
    '',
    ...summary(report, networks),
    '',
  ].join('\n');
}

function arithmetic({ compute, evaluation, design }: Report): string[] {
  const { meshX, meshY } = design.placed.levels.at(-1) ?? { meshX: 1, meshY: 1 };
  const mesh = meshX * meshY === compute.instances ? `${meshX}*${meshY}` : `${compute.instances}*1`;
  const bits =
    design.placed.compute.attributes.integer('datawidth') ??
    design.placed.compute.attributes.integer('word_bits') ??
    16;
  return [
    `=== ${compute.name} ===`,
    '',
    '    SPECS',
    '    -----',
    ...rows(4, 20, [
      ['Word bits', String(bits)],
      ['Instances', `${compute.instances} (${mesh})`],
      ['Energy-per-op', `${fixed(design.architecture.macEnergyPj)} pJ`],
    ]),
    '',
    '    STATS',
    '    -----',
    ...rows(4, 20, [
      ['Utilized instances', String(compute.used)],
      ['Cycles', String(evaluation.computeCycles)],
      ['Energy (total)', `${fixed(compute.energyPj)} pJ`],
      ['Area (total)', `${fixed(compute.areaUm2 * compute.instances)} um^2`],
    ]),
    '',
  ];
}

function levelLines(level: ReportLevel, report: Report): string[] {
  const { cycles, slowdown, kept, loops } = level;
  return [
    `=== ${reportName(level)} ===`,
    '',
    '    SPECS',
    '    -----',
    ...rows(8, 20, specs(level)),
    '',
    '    MAPPING',
    '    -------',
    '    Loop nest:',
    ...loops.map((loop, depth) => `${' '.repeat(6 + 2 * depth)}${loopText(loop)}`),
    '',
    '    STATS',
    '    -----',
    ...rows(4, 20, [
      ['Cycles', String(cycles)],
      ['Bandwidth throttling', fixed(slowdown)],
    ]),
    ...kept.flatMap((accesses) => [
      `    ${accesses.name}:`,
      ...rows(8, 40, accessRows(accesses, level, report.evaluation.computeCycles / slowdown)),
    ]),
    '',
  ];
}

function specs({ placed, accessEnergyPj, areaUm2 }: ReportLevel): readonly (readonly [string, string])[] {
  const { storage, instances, meshX, meshY, place } = placed;
  const size = or(storage?.sizeWords, String);
  const isDram = 'className' in place && place.className.includes('DRAM');
  return [
    ['Technology', isDram ? 'DRAM' : 'SRAM'],
    ['Size', size],
    ['Word bits', or(storage?.wordBits, String)],
    ['Block size', or(storage?.blockSize, String)],
    ['Cluster size', '1'],
    ['Instances', `${instances} (${meshX}*${meshY})`],
    ['Read bandwidth', or(storage?.readBandwidth, fixed)],
    ['Write bandwidth', or(storage?.writeBandwidth, fixed)],
    ['Multiple buffering', '1.00'],
    ['Effective size', size],
    ['Min utilization', '0.00'],
    ['Vector access energy', `${fixed(accessEnergyPj)} pJ`],
    ['Area', `${fixed(areaUm2)} um^2`],
  ];
}

function accessRows(
  accesses: NamedAccesses,
  { used }: ReportLevel,
  cycles: number,
): readonly (readonly [string, string])[] {
  const { space, reads, updates, fills, energyPj, partitionWords, tileWords } = accesses;
  const isOutput = space === 'Outputs';
  const words = reads + updates + fills;
  const each = energyPj / used;
  const perCycle = (count: number): string => `${fixed(count / cycles)} words/cycle`;
  const pj = (value: number): string => `${fixed(value)} pJ`;
  return [
    ['Partition size', String(partitionWords)],
    ['Utilized capacity', String(tileWords)],
    ['Utilized instances (max)', String(used)],
    ['Utilized clusters (max)', String(used)],
    ['Scalar reads (per-instance)', String(reads)],
    ['Scalar updates (per-instance)', String(updates)],
    ['Scalar fills (per-instance)', String(fills)],
    ['Temporal reductions (per-instance)', String(isOutput ? reads : 0)],
    ['Address generations (per-cluster)', String((isOutput ? updates : reads) + fills)],
    ['Energy (per-scalar-access)', pj(words === 0 ? 0 : each / words)],
    ['Energy (per-instance)', pj(each)],
    ['Energy (total)', pj(energyPj)],
    ['Temporal Reduction Energy (per-instance)', pj(0)],
    ['Temporal Reduction Energy (total)', pj(0)],
    ['Address Generation Energy (per-cluster)', pj(0)],
    ['Address Generation Energy (total)', pj(0)],
    ['Read Bandwidth (per-instance)', perCycle(reads)],
    ['Read Bandwidth (total)', perCycle(reads * used)],
    ['Write Bandwidth (per-instance)', perCycle(updates + fills)],
    ['Write Bandwidth (total)', perCycle((updates + fills) * used)],
  ];
}

function networkLines({ name, traffic }: Network, { design }: Report): string[] {
  const bits = design.placed.levels[0]?.storage?.wordBits ?? 16;
  return [
    name,
    '',
    '    SPECS',
    '    -----',
    ...rows(8, 15, [
      ['Type', 'Legacy'],
      ['Legacy sub-type', ''],
      ['ConnectionType', '3'],
      ['Word bits', String(bits)],
      ['Router energy', '- pJ'],
      ['Wire energy', '- pJ/b/mm'],
    ]),
    '',
    '    STATS',
    '    -----',
    ...traffic.flatMap((each) => [`    ${each.name}:`, ...trafficLines(each)]),
    '',
  ];
}

function trafficLines({ fanout, multicast, ingresses, spatialReductions, hops }: Traffic): string[] {
  return [
    ...rows(8, 39, [
      ['Fanout', String(fanout)],
      ['Fanout (distributed)', '0'],
      ['Multicast factor', String(multicast)],
      ['Ingresses', String(ingresses)],
    ]),
    `            @multicast ${multicast}: ${ingresses}`,
    ...rows(8, 39, [
      ['Link transfers', '0'],
      ['Spatial reductions', String(spatialReductions)],
      ['Average number of hops', fixed(hops)],
      ['Energy (per-hop)', '0.00 fJ'],
      ['Energy (per-instance)', '0.00 pJ'],
      ['Energy (total)', '0.00 pJ'],
      ['Link transfer energy (per-instance)', '0.00 pJ'],
      ['Link transfer energy (total)', '0.00 pJ'],
      ['Spatial Reduction Energy (per-instance)', '0.00 pJ'],
      ['Spatial Reduction Energy (total)', '0.00 pJ'],
    ]),
  ];
}

function totals({ evaluation, areaUm2 }: Report): string[] {
  return [
    `Total topology energy: ${fixed(evaluation.energyPj)} pJ`,
    `Total topology area: ${fixed(areaUm2)} um^2`,
    `Max topology cycles: ${evaluation.cycles}`,
  ];
}

function summary({ evaluation, areaUm2, levels, compute }: Report, networks: readonly Network[]): string[] {
  const { macs } = evaluation;
  const inner = [...levels].reverse();
  const shares: (readonly [string, number])[] = [
    [compute.name, compute.energyPj],
    ...inner.map((level) => [reportName(level), level.kept.reduce((sum, { energyPj }) => sum + energyPj, 0)] as const),
    ...networks.map(({ name }) => [name, 0] as const),
    ...(evaluation.leakagePj > 0 ? [['Leakage', evaluation.leakagePj] as const] : []),
    ['Total', evaluation.energyPj],
  ];
  const width = Math.max(...shares.map(([name]) => name.length));
  return [
    'Summary Stats',
    '-------------',
    `Utilization: ${fixed(evaluation.utilization)}`,
    `Cycles: ${evaluation.cycles}`,
    `Energy: ${fixed(evaluation.energyPj / 1e6)} uJ`,
    `Area: ${fixed(areaUm2 / 1e6)} mm^2`,
    '',
    `MACCs = ${macs}`,
    'pJ/MACC',
    ...shares.map(([name, pj]) => `    ${name.padEnd(width)} = ${fixed(pj / macs)}`),
    '',
  ];
}
