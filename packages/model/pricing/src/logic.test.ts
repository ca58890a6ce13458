import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { priceLogic, withAccess, type LogicFigures } from './component-price.js';
import * as logic from './logic.js';
import { withAddressGenerators } from './smartbuffer.js';

/**
 * Rows of a table of reference prices: a header line, then comma-separated values.
 *
 * @source Accelergy 0.3 with its Aladdin plug-in (commit c33fe70), 45 nm, 5 ns
 */
function rowsOf(file: string): Record<string, string>[] {
  const [header = '', ...lines] = readFileSync(new URL(`../test-data/${file}`, import.meta.url), 'utf8')
    .trim()
    .split('\n');
  const names = header.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((value, index) => [names[index], value])));
}

const latencyNs = 5;

const UNITS: Record<string, (dataBits: number, depth: number) => LogicFigures> = {
  intadder: (dataBits) => logic.adderFigures({ dataBits, latencyNs }),
  intmultiplier: (dataBits) => logic.multiplierFigures({ dataBits, latencyNs }),
  intmac: (dataBits) => logic.macFigures({ dataBits, latencyNs }),
  comparator: (dataBits) => logic.comparatorFigures({ dataBits, latencyNs }),
  counter: (dataBits) => logic.counterFigures({ dataBits, latencyNs }),
  bitwise: () => logic.bitwiseFigures({ latencyNs }),
  FIFO: (dataBits, depth) => logic.fifoFigures({ dataBits, depth, latencyNs }),
  reg: () => logic.registerFigures({ dataBits: 1, latencyNs }),
};

/** Accelergy's name of an action, in ours. */
const ACTIONS: Record<string, string> = {
  mult_random: 'multiply',
  mult_reused: 'reused',
  mult_gated: 'gated',
  mac_random: 'compute',
  mac_reused: 'reused',
  mac_gated: 'gated',
  process: 'op',
  push_or_pop: 'access',
};

/** The tables print 6 significant digits. */
const printed = (value: number): number => Number(value.toPrecision(6));

describe('logic laws', () => {
  const rows = rowsOf('logic-45nm.csv');

  it('has 288 reference rows', () => {
    expect(rows).toHaveLength(288);
  });

  it.each(rows.map((row) => [`${row['unit']} ${row['data_bits']} bit ${row['depth']} ${row['action']}`, row] as const))(
    'gives the published figure of %s',
    (_, row) => {
      const unit = row['unit'] ?? '';
      const action = row['action'] ?? '';
      const figures = UNITS[unit]!(Number(row['data_bits']), Number(row['depth']));
      const energyPj = figures.energyPj[unit === 'reg' && action !== 'idle' ? 'access' : (ACTIONS[action] ?? action)]!;
      expect(Math.abs(printed(energyPj) / Number(row['energy_pj']) - 1)).toBeLessThan(1e-5);
      expect(Math.abs(printed(figures.areaUm2) / Number(row['area_um2']) - 1)).toBeLessThan(1e-5);
    },
  );

  const files = rowsOf('regfile-45nm.csv');

  it.each(files.map((row) => [`${row['depth_words']} x ${row['width_bits']}`, row] as const))(
    'gives the published register file and smartbuffer of %s bit',
    (_, row) => {
      const size = { depthWords: Number(row['depth_words']), widthBits: Number(row['width_bits']), latencyNs };
      const { energyPj, areaUm2 } = logic.registerFileFigures(size);
      expect(printed(energyPj.read)).toBeCloseTo(Number(row['access_pj_addr1_data1']), 5);
      expect(energyPj.write).toBe(energyPj.read);
      expect(printed(energyPj.idle)).toBeCloseTo(Number(row['idle_pj_per_cycle']), 5);
      expect(printed(areaUm2)).toBeCloseTo(Number(row['area_um2']), 2);
      const buffer = withAddressGenerators(withAccess(priceLogic(logic.registerFileFigures(size), 45)), 45);
      expect(buffer.energyPj.access.value).toBe(Number(row['smartbuffer_vector_access_pj']));
      expect(buffer.areaUm2.value).toBe(Number(row['smartbuffer_area_um2']));
    },
  );

  it('has 120 register files', () => {
    expect(files).toHaveLength(120);
  });

  it.each([
    [0.5, 0.21],
    [1, 0.21],
    [1.2, 0.0858],
    [3, 0.0859],
    [6, 0.0857],
    [7, 0.0857],
    [10, 0.0857],
    [10.5, 0.0853],
    [40, 0.0853],
  ])('takes the latency row of an adder at %d ns', (ns, addPj) => {
    expect(logic.adderFigures({ dataBits: 32, latencyNs: ns }).energyPj.add).toBe(addPj);
  });

  it('keeps the idle energy of the 6 ns row up to 10 ns', () => {
    expect(logic.adderFigures({ dataBits: 32, latencyNs: 9 }).energyPj.idle).toBe(0.0143);
    expect(logic.adderFigures({ dataBits: 32, latencyNs: 11 }).energyPj.idle).toBe(0.0238);
  });
});
