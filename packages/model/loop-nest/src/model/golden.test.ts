import { describe, expect, test } from 'vitest';
import { readGolden } from '../../test/golden.js';
import { checkMapping } from './check.js';
import { evaluate } from './evaluate.js';
import { formatMapping } from './format.js';
import { DATA_SPACES } from './problem.js';

const LAYERS = readGolden('layers.tsv');
const LOG = readGolden('mapper-log.tsv');

/** `level.D=tile:partition:instances:reads:updates:fills:energy`, as published. */
function accessText(row: (typeof LAYERS)[number], energies: readonly string[]): string {
  const result = evaluate(row.problem, row.architecture, row.mapping);
  const entries = result.levels.flatMap((level) =>
    DATA_SPACES.flatMap((space) => {
      const a = level.accesses[space];
      if (a === undefined) return [];
      const counts = [a.tileWords, a.partitionWords, level.instances, a.reads, a.updates, a.fills];
      return [`${level.name}.${space.charAt(0)}=${counts.join(':')}`];
    }),
  );
  return entries.map((entry, i) => `${entry}:${energies[i]}`).join(' ');
}

describe('published final mappings (221 layers of MobileNetV2 and FusioNet)', () => {
  test.each(LAYERS.map((row) => [row.name, row] as const))('%s', (_, row) => {
    const { problem, architecture, mapping, cells } = row;
    const result = evaluate(problem, architecture, mapping);
    expect(checkMapping(problem, architecture, mapping)).toBeUndefined();
    expect(result.cycles).toBe(Number(cells['cycles']));
    expect(Math.abs(result.energyPj / Number(cells['energyPj']) - 1)).toBeLessThan(1e-8);
    expect(Math.abs(result.utilization - Number(cells['utilization']))).toBeLessThanOrEqual(0.005 + 1e-9);

    const entries = cells['accesses']!.split(' ');
    const energies = entries.map((entry) => entry.split(':').at(-1)!);
    expect(accessText(row, energies)).toBe(cells['accesses']);
    const computed = result.levels.flatMap((level) =>
      DATA_SPACES.flatMap((space) => level.accesses[space]?.energyPj ?? []),
    );
    energies.forEach((printed, i) =>
      expect(Math.abs(computed[i]! - Number(printed))).toBeLessThanOrEqual(0.005 + 1e-6),
    );
  });
});

describe('mappings printed in the mapper logs', () => {
  test('all 4,133 are there', () => expect([LAYERS.length, LOG.length]).toEqual([221, 4133]));

  test('utilisation and energy a MAC at printed precision', () => {
    const wrong = LOG.filter(({ problem, architecture, mapping, cells }) => {
      const { energyPj, macs, utilization } = evaluate(problem, architecture, mapping);
      const energyOff = Math.abs(energyPj / macs - Number(cells['pjPerMac']));
      const utilizationOff = Math.abs(utilization - Number(cells['utilization']));
      return energyOff > 0.0005 + 1e-9 || utilizationOff > 0.005 + 1e-9;
    });
    expect(wrong.map((row) => row.name)).toEqual([]);
  });

  test('all fit, and read and print as they were', () => {
    for (const { problem, architecture, mapping, mappingText } of LOG) {
      expect(checkMapping(problem, architecture, mapping)).toBeUndefined();
      expect(formatMapping(mapping, architecture)).toBe(mappingText);
    }
  });
});
