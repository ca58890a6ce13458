import type { CycleLimit, LargerBuffer, LayerExplanation, MissingRoom, UtilizationLoss } from '@archon-dse/core';
import { nestText } from '../network/nest-text.js';
import { formatEnergy, formatNumber, formatShare, wrapText } from '../terminal/format.js';
import { formatTable, formatWrappedTable } from '../terminal/table.js';
import type { EnergyPart, ExplainedLayer } from './explained-layer.js';

const BAR_COLUMNS = 24;

/** Everything that is known of one layer or phase, paragraph by paragraph. */
export function explainedLayerText(layer: ExplainedLayer): readonly string[] {
  const { record, limits, losses, now, larger, noMapping } = layer;
  return [
    ...(noMapping === undefined ? [] : [noMappingText(noMapping, larger)]),
    ...(limits === undefined ? [] : [limitsText(limits)]),
    ...(record === undefined || losses === undefined ? [] : [lossesText(record.utilization, losses)]),
    ...(layer.energy.length === 0 ? [] : [energyTable(layer.energy)]),
    ...(now === undefined || larger === undefined || larger.length === 0 ? [] : [largerText(now, larger)]),
    ...(record?.mapping === undefined ? [] : [nestText(record)]),
    ...(record?.notes ?? []).map((note) => wrapText(note)),
  ];
}

/** `compute`, `shared_glb reads`. */
export function limitName({ resource, level }: CycleLimit): string {
  return level === undefined ? resource : `${level} ${resource}`;
}

/** `DRAM inputs`, `mac`. */
export function energyName({ component, dataSpace }: EnergyPart): string {
  return dataSpace === undefined ? component : `${component} ${dataSpace.toLowerCase()}`;
}

/** `No mapping (capacity): ifmap_spad holds 2 words; the smallest tiles the constraints bring it take 3: 1 too many. ifmap_spad of 4 words would do.` */
export function noMappingText(
  { cause, message, needs, has }: MissingRoom,
  larger: readonly LargerBuffer[] = [],
): string {
  const missing = needs === undefined || has === undefined ? '' : `: ${formatNumber(needs - has)} too many`;
  const enough = larger.map(({ level, largerWords }) => `${level} of ${formatNumber(largerWords)} words`).join(' or ');
  return wrapText(`No mapping (${cause}): ${message}${missing}.${enough === '' ? '' : ` ${enough} would do.`}`);
}

/** `-3.2%`, `same`. */
export function changeText(now: number, then: number): string {
  if (now === then || now === 0) return 'same';
  const share = then / now - 1;
  return `${share > 0 ? '+' : ''}${formatShare(share, Math.abs(share) < 0.0005 ? 3 : 1)}`;
}

/** A roofline: the longest bar is what the layer takes. */
function limitsText(limits: readonly CycleLimit[]): string {
  const most = limits[0]?.cycles ?? 0;
  const rows = limits.map((limit) => {
    const share = most === 0 ? 0 : limit.cycles / most;
    return [limitName(limit), formatNumber(limit.cycles), formatShare(share, 1), bar(share)];
  });
  return formatTable(['bounded by', 'cycles alone', 'of its cycles', ''], rows);
}

function bar(share: number): string {
  return '#'.repeat(Math.max(share > 0 ? 1 : 0, Math.round(share * BAR_COLUMNS)));
}

function lossesText(utilization: number, losses: readonly UtilizationLoss[]): string {
  const rows = losses.map(({ cause, place = '', share, reason }) => [
    formatShare(share, 1),
    place,
    `${cause}: ${reason}`,
  ]);
  return formatWrappedTable(['share', 'PEs', 'why'], [[formatShare(utilization, 1), 'busy', ''], ...rows]);
}

function energyTable(energy: readonly EnergyPart[]): string {
  const rows = energy.map((part) => [
    energyName(part),
    formatEnergy(part.energyPj),
    formatShare(part.share, 1),
    bar(part.share),
  ]);
  return formatTable(['energy of', 'energy', 'share', ''], rows);
}

function largerText(now: NonNullable<LayerExplanation['now']>, larger: readonly LargerBuffer[]): string {
  const rows = larger.map(({ level, sizeWords, largerWords, cycles, energyPj, changes }) => [
    level,
    `${formatNumber(sizeWords)} -> ${formatNumber(largerWords)}`,
    changeText(now.cycles, cycles),
    changeText(now.energyPj, energyPj),
    changes ? 'another mapping' : 'no gain',
  ]);
  return formatTable(['twice as large', 'words', 'cycles', 'energy', ''], rows);
}
