import { fail, type ComponentPrice } from '@archon-dse/core';
import { mapValues, withAccess } from './component-price.js';
import { INTERPOLATION_ERROR_PERCENT } from './data/interpolation-error.js';
import { SRAM_RATIOS, type SramRatios } from './data/node-ratios.js';
import { round3 } from './round.js';
import { builtBanks, sramLimit, type SramSize } from './sram-size.js';
import { lookUpSram, type SramFigures } from './sram-table.js';
import { isScaledSram, type Node } from './technology.js';

/** Share of a dynamic access that grows with the banks addressed; the rest grows with the data bits that change. */
const ADDRESS_SHARE = 0.3;

type Quantity = keyof SramFigures;
type SramAction = 'read' | 'write' | 'readOneBank' | 'writeOneBank' | 'idle';

/**
 * Prices an SRAM: its exact row, or the interpolation, at 65, 45, 32 and 22 nm; 45 nm times the node's ratio elsewhere.
 *
 * @throws ArchonError ARCHON_PRICE_INFEASIBLE when CACTI cannot build the size or the tables end below it
 */
export function priceSram(size: SramSize, node: Node): ComponentPrice<SramAction | 'access'> {
  const limit = sramLimit(size);
  if (limit !== undefined) {
    fail({
      code: 'ARCHON_PRICE_INFEASIBLE',
      message: `no SRAM of ${describe(size)} can be priced`,
      expected: limit,
    });
  }
  const { figures, sources } = figuresAt(size, node);
  const oneBank = (op: 'read' | 'write'): number => oneBankEnergy(figures, op, size.banks);
  return withAccess({
    energyPj: {
      read: { value: round3(figures.read), source: sources.read },
      write: { value: round3(figures.write), source: sources.write },
      readOneBank: {
        value: round3(oneBank('read')),
        source: `1 of ${counted(size.banks, 'bank')} addressed: ${sources.read}`,
      },
      writeOneBank: {
        value: round3(oneBank('write')),
        source: `1 of ${counted(size.banks, 'bank')} addressed: ${sources.write}`,
      },
      idle: { value: round3(figures.idle), source: `leakage x cycle time: ${sources.idle}` },
    },
    areaUm2: { value: round3(figures.area), source: sources.area },
  });
}

/** Energy of an access with fresh data that changes the address of one bank out of those requested. */
function oneBankEnergy({ idle, ...figures }: SramFigures, op: 'read' | 'write', banks: number): number {
  return idle + (figures[op] - idle) * (ADDRESS_SHARE / banks + 1 - ADDRESS_SHARE);
}

function figuresAt(size: SramSize, node: Node): { figures: SramFigures; sources: Record<Quantity, string> } {
  if (!isScaledSram(node)) {
    const { figures, exact } = lookUpSram(node, size);
    const table = `CACTI 7 (1ffd8df), ${node} nm, ${describe(size)}`;
    const sources = mapValues(INTERPOLATION_ERROR_PERCENT[node], ([median, p90], quantity) => {
      if (exact) return `${table}: exact row`;
      const error = quantity === 'idle' ? 'error of the leakage' : 'error';
      return `${table}: interpolated, ${error} ${median} % median, ${p90} % 90th percentile`;
    });
    return { figures, sources };
  }
  const base = figuresAt(size, 45);
  const ratios = SRAM_RATIOS[node];
  const scaled = (quantity: Quantity): number => base.figures[quantity] * ratioOf(ratios, quantity);
  const source = (quantity: Quantity): string => `${base.sources[quantity]}; ${ratioText(ratios, quantity, node)}`;
  return {
    figures: { read: scaled('read'), write: scaled('write'), idle: scaled('idle'), area: scaled('area') },
    sources: { read: source('read'), write: source('write'), idle: source('idle'), area: source('area') },
  };
}

const ratioOf = (ratios: SramRatios, quantity: Quantity): number =>
  quantity === 'idle' ? ratios.leakage[0] * ratios.cycle[0] : ratios[quantity][0];

function ratioText(ratios: SramRatios, quantity: Quantity, node: Node): string {
  if (quantity === 'idle') return `x ${ratios.leakage[0]} (leakage) x ${ratios.cycle[0]} (cycle) from 45 to ${node} nm`;
  const [geomean, p05, p95] = ratios[quantity];
  return `x ${geomean} from 45 to ${node} nm (90 % of sizes ${p05}..${p95})`;
}

function describe({ depthWords, widthBits, banks, ports }: SramSize): string {
  const built = builtBanks(banks);
  const rounded = built === banks ? '' : ` (built as ${built})`;
  return `${depthWords} words x ${widthBits} bit, ${counted(banks, 'bank')}${rounded}, ${counted(ports, 'port')}`;
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
