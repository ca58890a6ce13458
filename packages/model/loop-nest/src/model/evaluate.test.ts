import { describe, expect, test } from 'vitest';
import { ARCHITECTURES, parseProblem } from '../../test/golden.js';
import type { Architecture } from './architecture.js';
import { evaluate } from './evaluate.js';
import type { Accesses, Evaluation } from './evaluation.js';
import { parseMapping } from './format.js';
import type { DataSpace } from './problem.js';

/** The parts counted by hand; the reasoning stands beside each figure. */
function run(architecture: Architecture | undefined, problem: string, mapping: string, more = {}): Evaluation {
  if (architecture === undefined) throw new Error('no such architecture');
  return evaluate({ ...parseProblem(problem), ...more }, architecture, parseMapping(mapping, architecture));
}

function at(result: Evaluation, level: string, space: DataSpace): Accesses {
  const accesses = result.levels.find(({ name }) => name === level)?.accesses[space];
  if (accesses === undefined) throw new Error(`${level} does not keep ${space}`);
  return accesses;
}

const { dense, archon_main, archon_pred_glb128k } = ARCHITECTURES;

test('pointwise layer: stationary weights, multicast, spatial reduction', () => {
  const result = run(
    dense,
    'C20 M80 P32 Q32',
    'L5[WIO] Q8 - L4[IO] P32 M2X Q4X - L3[] M2Y C4Y - L2[I] - L1[W] C5 - L0[O] M20',
  );
  expect(result).toMatchObject({ computeCycles: 8 * 32 * 5 * 20, cycles: 25_600, macs: 1_638_400 });
  expect(result.utilization).toBeCloseTo(64 / 72, 12);
  expect(result.levels.map((level) => level.instances)).toEqual([1, 1, 8, 64, 64, 64]);
  // P and Q do not index weights: filled once; each word read for M2 x M2 x C4 spads, shared by the four of Q.
  expect(at(result, 'weights_spad', 'Weights')).toMatchObject({ tileWords: 100, fills: 100, reads: 25_600 });
  expect(at(result, 'DRAM', 'Weights').reads).toBe(100 * 16);
  // M spads share an input: 1,280 words for each of Q4 x C4.
  expect(at(result, 'ifmap_spad', 'Inputs')).toMatchObject({ tileWords: 5, fills: 5 * 32 * 8 });
  expect(at(result, 'shared_glb', 'Inputs')).toMatchObject({ tileWords: 2_560, reads: 1_280 * 16, fills: 20_480 });
  // C4 along Y adds up on the way to the GLB.
  expect(at(result, 'psum_spad', 'Outputs')).toMatchObject({ reads: 20_480, updates: 25_600, fills: 5_120 });
  expect(at(result, 'shared_glb', 'Outputs')).toMatchObject({ reads: 0, updates: 5_120 * 16, fills: 81_920 });
  expect(at(result, 'DRAM', 'Outputs')).toMatchObject({ reads: 0, updates: 81_920, fills: 0 });
  expect(at(result, 'psum_spad', 'Outputs').energyPj).toBeCloseTo(51_200 * 0.302 * 64, 4);
  expect(at(result, 'shared_glb', 'Inputs').energyPj).toBeCloseTo((40_960 / 4) * 70.264, 4);
  expect(result.energyPj).toBeCloseTo(23_876_254.72, 2);
});

test('sliding window: new columns only, halos of neighbours fetched each', () => {
  const result = run(
    dense,
    'C1 M60 R3 S3 P32 Q32',
    'L5[WIO] Q4 - L4[IO] P32 Q8X - L3[] M3Y S3Y - L2[I] - L1[W] R3 - L0[O] M20',
  );
  // 3 words, then one more a step of P: 34; the next Q tile is elsewhere.
  expect(at(result, 'ifmap_spad', 'Inputs')).toMatchObject({ tileWords: 3, fills: 4 * 34, partitionWords: 115 });
  // 34 x 10 words; each step of Q moves 8 of the 10 columns.
  expect(at(result, 'shared_glb', 'Inputs')).toMatchObject({
    tileWords: 340,
    fills: 340 + 3 * 8 * 34,
    reads: 136 * 8 * 3,
    vectorAccesses: 1_105,
  });
  expect(result.cycles).toBe(7_680);
  expect(result.energyPj).toBeCloseTo(12_666_900.79, 2);
});

describe('sliding window: what a change of direction costs', () => {
  test('stepping back after M is no step forward', () => {
    const result = run(
      archon_pred_glb128k,
      'C1 M864 R3 S3 P32 Q32',
      'L5[WIO] M9 P2 - L4[IO] Q4 P16 M2X Q4X - L3[] M8Y - L2[I] - L1[W] S3 R3 - L0[O] Q2 M6',
    );
    // 18 x 34 = 612 words; P moves 16 of 18 rows; each M goes back by 16, against the direction, and fetches all.
    expect(at(result, 'shared_glb', 'Inputs')).toMatchObject({ tileWords: 612, fills: 9 * (612 + 16 * 34) });
  });

  test('moving in both axes at once fetches everything', () => {
    const result = run(
      archon_pred_glb128k,
      'C1 M5 R3 S3 P32 Q32',
      'L5[WIO] M5 Q4 P2 - L4[IO] P16 Q8X - L3[] - L2[I] - L1[W] S3 R3 - L0[O]',
    );
    // 18 x 10 = 180 words; P moves 16 rows of 10; Q moves on while P moves back.
    expect(at(result, 'shared_glb', 'Inputs').fills).toBe(5 * 4 * (180 + 160));
  });

  test('the outer of two P loops goes on in the direction of the inner one', () => {
    const result = run(
      archon_pred_glb128k,
      'C1 M12 R5 S5 P16 Q16',
      'L5[WIO] M12 Q2 P8 - L4[IO] P2 Q4X - L3[] - L2[I] Q2 - L1[W] S5 R5 - L0[O]',
    );
    // 5 x 6 = 30 words, then 15 rows of 6; M and Q start over.
    expect(at(result, 'ifmap_spad', 'Inputs')).toMatchObject({ tileWords: 30, fills: 12 * 2 * (30 + 15 * 6) });
  });

  test('a refused move leaves the direction of the loops inside it', () => {
    const result = run(dense, 'C1 M1 R8 P8', 'L5[WIO] R2 R2 P2 - L4[IO] - L3[] - L2[I] - L1[W] P4 R2 - L0[O]');
    // 5 rows; P moves 4 ahead, each R back by 2: against the direction P left behind, so all 5 every time.
    expect(at(result, 'ifmap_spad', 'Inputs')).toMatchObject({ tileWords: 5, fills: 4 * (5 + 4) });
  });

  test('a loop that wraps is seen at its second iteration, not its last', () => {
    const result = run(
      archon_pred_glb128k,
      'C1 M864 R3 S3 P8 Q8',
      'L5[WIO] M27 - L4[IO] P4 M2 M2X Q4X - L3[] M8Y - L2[I] - L1[W] R3 S3 P2 - L0[O] Q2',
    );
    // 4 x 4 = 16 words; P moves 2 rows of 4: 8. Each M seems to come back by one step of P: 8, not 16.
    expect(at(result, 'ifmap_spad', 'Inputs').fills).toBe(16 + 8 * 3 + 26 * 8 + 26 * 8 * 3);
    expect(result.energyPj / result.macs).toBeCloseTo(64.372, 3);
  });
});

test('fused main part: weights straight from DRAM to all MACs', () => {
  const result = run(
    archon_main,
    'C8 M32 R3 S3 P32 Q32',
    'L4[WIO] Q4 - L3[IO] P4 C8 M32 P8X - L2[] Q8Y - L1[I] - L0[O] S3 R3',
  );
  expect(result.cycles).toBe(36_864);
  expect(at(result, 'DRAM', 'Weights').reads).toBe(36_864);
  expect(at(result, 'ifmap_spad', 'Inputs')).toMatchObject({ fills: 9 * 4 * 4 * 8, partitionWords: 832 });
  expect(at(result, 'shared_glb', 'Inputs').reads).toBe(1_152 * 64);
  expect(at(result, 'psum_spad', 'Outputs')).toMatchObject({
    updates: 36_864,
    partitionWords: 512,
    reads: 36_352,
    fills: 4_096,
  });
  expect(at(result, 'shared_glb', 'Outputs')).toMatchObject({ updates: 262_144, reads: 229_376, fills: 32_768 });
  expect(result.energyPj).toBeCloseTo(27_973_632.89, 2);
});

test('bandwidth: a GLB of 16 words a cycle slows 128 PEs to 6/7', () => {
  const levels = archon_main!.levels.map((level) => {
    if (level.name === 'shared_glb') return { ...level, readBandwidth: 16, writeBandwidth: 16, meshX: 16 };
    return level;
  });
  const result = run(
    { ...archon_main!, levels, macs: 128 },
    'C16 M24 R3 S3 P32 Q32',
    'L4[WIO] Q4 - L3[IO] P2 C16 M24 P16X - L2[] Q8Y - L1[I] - L0[O] S3 R3',
  );
  const [, glb] = result.levels;
  expect(glb?.accesses.Inputs).toMatchObject({ reads: 147_456, fills: 18_496 });
  expect(glb?.accesses.Outputs).toMatchObject({ reads: 368_640, updates: 393_216, fills: 24_576 });
  // 516,096 words read at 16 a cycle; 436,288 written would take 27,268 cycles only.
  expect(result).toMatchObject({ computeCycles: 27_648, cycles: 516_096 / 16 });
  expect(result.levels.map((level) => level.cycles)).toEqual([27_648, 32_256, 27_648, 27_648, 27_648]);
  expect(result.utilization).toBeCloseTo(27_648 / 32_256, 12);
});

describe('what the published runs never do', () => {
  const mesh = dense!.levels.map((level) => ({ ...level, meshX: 64, meshY: 64 }));
  const wide: Architecture = { ...dense!, levels: mesh };

  test('windows of P and R instances that start at the same row share one read', () => {
    const result = run(wide, 'C1 M1 R3 P4', 'L5[WIO] - L4[IO] P4X R3Y - L3[] - L2[I] - L1[W] - L0[O]');
    // Rows p + r with p < 4 and r < 3: six different ones for 12 PEs.
    expect(at(result, 'shared_glb', 'Inputs')).toMatchObject({ reads: 6, fills: 6 });
  });

  test('at two levels they do not', () => {
    const result = run(wide, 'C1 M1 R3 P4', 'L5[WIO] - L4[IO] P4X - L3[] R3Y - L2[I] - L1[W] - L0[O]');
    expect(at(result, 'shared_glb', 'Inputs').reads).toBe(12);
  });

  test('depthwise: every output channel has an input of its own', () => {
    const mapping = 'L5[WIO] M4 - L4[IO] - L3[] - L2[I] - L1[W] R3 S3 - L0[O]';
    const own = run(dense, 'C1 M4 R3 S3', mapping, { depthwise: true });
    expect(at(own, 'DRAM', 'Inputs')).toMatchObject({ tileWords: 36, reads: 36 });
    expect(at(run(dense, 'C1 M4 R3 S3', mapping), 'DRAM', 'Inputs')).toMatchObject({ tileWords: 9, reads: 9 });
  });

  test('groups: each has weights, inputs and outputs of its own', () => {
    const result = run(wide, 'C2 M3', 'L5[WIO] G2 - L4[IO] M3 C2 G2X - L3[] - L2[I] - L1[W] - L0[O]', { G: 4 });
    expect(result).toMatchObject({ macs: 24, computeCycles: 12 });
    // Each spad meets the 6 weights of 2 groups, and brings its 2 inputs again for every M of both.
    expect(at(result, 'weights_spad', 'Weights').fills).toBe(2 * 6);
    expect(at(result, 'DRAM', 'Weights').reads).toBe(4 * 6);
    expect(at(result, 'ifmap_spad', 'Inputs').fills).toBe(2 * 3 * 2);
    expect(at(result, 'shared_glb', 'Inputs')).toMatchObject({ tileWords: 4, fills: 8, reads: 24 });
    expect(at(result, 'shared_glb', 'Outputs')).toMatchObject({ tileWords: 6, fills: 12, updates: 12, reads: 0 });
  });

  test('depthwise channels are groups of one channel each', () => {
    const mapping = (dim: string): string =>
      `L5[WIO] ${dim}2 - L4[IO] P4 ${dim}2X - L3[] S3Y - L2[I] - L1[W] R3 - L0[O]`;
    const groups = run(wide, 'R3 S3 P4', mapping('G'), { G: 4 });
    expect(groups).toEqual(run(wide, 'M4 R3 S3 P4', mapping('M'), { depthwise: true }));
  });

  test('dilation spreads the rows of a window, a batch multiplies planes', () => {
    const mapping = 'L5[WIO] N2 P2 - L4[IO] - L3[] - L2[I] - L1[W] R3 - L0[O]';
    const result = run(dense, 'C1 M1 R3 P2', mapping, { dilationR: 2, N: 2 });
    // Rows 0 2 4 and 1 3 5 span 5 each; the second adds one.
    expect(at(result, 'ifmap_spad', 'Inputs')).toMatchObject({ tileWords: 5, fills: 2 * (5 + 1) });
    expect(at(result, 'DRAM', 'Inputs').tileWords).toBe(2 * 6);
  });

  test('vector accesses round up an instance and data space at a time', () => {
    const result = run(dense, 'C1 M3', 'L5[WIO] M3 - L4[IO] - L3[] - L2[I] - L1[W] - L0[O]');
    expect(at(result, 'DRAM', 'Weights')).toMatchObject({ reads: 3, vectorAccesses: 1, energyPj: 512 });
    expect(at(result, 'DRAM', 'Inputs')).toMatchObject({ reads: 1, vectorAccesses: 1, energyPj: 512 });
  });
});

test('a mapping of another problem is refused', () => {
  expect(() => run(dense, 'C1 M6', 'L5[WIO] M3 - L4[IO] - L3[] - L2[I] - L1[W] - L0[O]')).toThrow(
    'the bounds of M multiply to 3, the problem has 6',
  );
});
