import { describe, expect, it } from 'vitest';
import { inspect } from 'node:util';
import { checkExecution } from './check-execution.js';

const show = (value: unknown) => inspect(value);
const FULL = {
  cyclesAnalytical: 70,
  stalls: { 'weights not there': 20.5, 'FIFO full': 9.5 },
  shares: { maskDensity: 0, adderUtilization: 1 + 1e-12 },
  histograms: { additions: [5, 0, 2.5], none: [] },
  maps: {
    maskDensity: [
      [0, 1],
      [0.5, 0.25],
    ],
    none: [],
  },
};
const numbered = (length: number) => Object.fromEntries(Array.from({ length }, (_, i) => [`n${i}`, 0]));

/** What is wrong with the full execution of a layer of 30 cycles once some of its members are others. */
function found(change: object, cycles = 30): readonly string[] {
  return checkExecution({ ...FULL, ...change }, { cycles }, show).map(([message]) => message);
}

describe('checkExecution', () => {
  it('lets pass what can be, up to the very bounds', () => {
    expect(found({})).toEqual([]);
    expect(checkExecution({ cyclesAnalytical: 0 }, { cycles: 0 }, show)).toEqual([]);
    expect(found({ shares: numbered(64), histograms: { a: Array(256).fill(0) } })).toEqual([]);
  });

  it.each<[object, string]>([
    [{ cyclesAnalytical: 1.5 }, 'execution.cyclesAnalytical is 1.5'],
    [{ cyclesAnalytical: -1 }, 'execution.cyclesAnalytical is -1'],
    [{ cyclesAnalytical: undefined }, 'execution.cyclesAnalytical is undefined'],
    [{ stalls: { full: -1 } }, 'execution.stalls["full"] is -1'],
    [{ stalls: { full: NaN } }, 'execution.stalls["full"] is NaN'],
    [{ stalls: [1] }, 'execution.stalls is [ 1 ]'],
    [{ stalls: null }, 'execution.stalls is null'],
    [{ shares: { maskDensity: 1.01 } }, 'execution.shares["maskDensity"] is 1.01'],
    [{ shares: { maskDensity: -0.1 } }, 'execution.shares["maskDensity"] is -0.1'],
    [{ shares: { maskDensity: 'half' } }, `execution.shares["maskDensity"] is 'half'`],
    [{ shares: numbered(65) }, 'execution.shares has 65 names'],
    [{ histograms: { additions: 3 } }, 'execution.histograms["additions"] is 3'],
    [{ histograms: { additions: [1, Infinity, -1] } }, 'execution.histograms["additions"][1] is Infinity'],
    [{ histograms: { additions: Array(257).fill(0) } }, 'execution.histograms["additions"] has 257 entries'],
    [{ maps: { density: [0.5] } }, 'execution.maps["density"][0] is 0.5'],
    [{ maps: { density: [[0.5], [2]] } }, 'execution.maps["density"][1][0] is 2'],
    [{ maps: { density: [[0.5], [0.5, 0.5]] } }, 'execution.maps["density"][1] has 2 entries'],
    [{ maps: { density: [Array(257).fill(0)] } }, 'execution.maps["density"][0] has 257 entries'],
    [{ stalls: { full: 20, empty: 10.5 } }, 'execution.stalls add up to 30.5 of 30 cycles'],
  ])('refuses %j', (change, message) => {
    expect(found(change)).toEqual([message]);
  });

  it('lets stalls add up to all cycles, rounding included', () => {
    expect(found({ stalls: { a: 0.1, b: 0.2 } }, 0.3)).toEqual([]);
    expect(found({ stalls: { a: 1 } }, 0)).toEqual(['execution.stalls add up to 1 of 0 cycles']);
  });
});
