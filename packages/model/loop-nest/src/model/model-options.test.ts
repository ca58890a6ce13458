import { expect, test } from 'vitest';
import { parseProblem } from '../../test/golden.js';
import type { Architecture, Level } from './architecture.js';
import { checkMapping } from './check.js';
import { evaluate } from './evaluate.js';
import { parseMapping } from './format.js';
import { DATA_SPACES } from './problem.js';

const level = (name: string, bandwidth: number, more: Partial<Level> = {}): Level => ({
  ...{ name, keeps: DATA_SPACES, blockSize: 1, accessEnergyPj: 1, meshX: 1, meshY: 1 },
  ...{ readBandwidth: bandwidth, writeBandwidth: bandwidth },
  ...more,
});
const three = (more: Partial<Level> = {}): Architecture => ({
  levels: [level('DRAM', 2), level('buffer', 4, { meshX: 4, meshY: 2, ...more }), level('spad', 1)],
  macs: 8,
  macEnergyPj: 1,
});
const problem = parseProblem('M8 C4');
const mapping = parseMapping('L2[WIO] M4 - L1[WIO] C4X - L0[WIO] M2', three());

test('start-up: tiles come down hop by hop, and the last ones go up', () => {
  const steady = evaluate(problem, three(), mapping);
  expect(steady).toMatchObject({ computeCycles: 8, cycles: 25, startUpCycles: 0 });
  expect(steady.levels.map(({ cycles }) => cycles)).toEqual([18, 13, 25]);
  // DRAM hands 8 weights and 4 inputs to the buffer at 2 a cycle, and takes 2 outputs: 6 + 1. The spads are busy for 25 cycles after that.
  expect(evaluate(problem, three(), mapping, { startUp: true })).toMatchObject({ cycles: 7 + 25, startUpCycles: 7 });
  // With faster spads the MACs are what ends last: the buffer hands 8 + 4 words to them at 4 a cycle and takes 2 at 4.
  const [dram, buffer] = three().levels;
  const fast: Architecture = { ...three(), levels: [dram!, buffer!, level('spad', 100)] };
  expect(evaluate(problem, fast, mapping, { startUp: true })).toMatchObject({ cycles: 8 + 7 + 4, startUpCycles: 1 });
});

test('start-up: a systolic mesh fills hop by hop', () => {
  const options = { startUp: true };
  expect(evaluate(problem, three({ systolic: true }), mapping, options).cycles).toBe(7 + 25 + 3);
  expect(evaluate(problem, three({ systolic: true }), mapping).cycles).toBe(25);
  const both = parseMapping('L2[WIO] M4 - L1[WIO] C4X M2Y - L0[WIO]', three());
  const added = (more: Partial<Level>): number => evaluate(problem, three(more), both, options).cycles;
  expect(added({ systolic: true }) - added({})).toBe(3 + 1);
});

test('leakage is energy of every cycle', () => {
  const leaking = evaluate(problem, { ...three(), leakagePjPerCycle: 0.5 }, mapping);
  expect(leaking.leakagePj).toBe(12.5);
  expect(leaking.energyPj).toBe(evaluate(problem, three(), mapping).energyPj + 12.5);
});

test('an evaluation says what of the hardware is used', () => {
  const { levels } = evaluate(problem, three(), mapping);
  expect(levels.map(({ instances, builtInstances }) => [instances, builtInstances])).toEqual([
    [1, 1],
    [1, 1],
    [4, 8],
  ]);
  expect(levels.map(({ usedWords }) => usedWords)).toEqual([32 + 4 + 8, 8 + 4 + 2, 2 + 1 + 2]);
});

test('a double-buffered level holds every tile twice', () => {
  const sized = (more: Partial<Level>): Architecture => three({ sizeWords: 27, ...more });
  expect(checkMapping(problem, sized({}), mapping)).toBeUndefined();
  expect(checkMapping(problem, sized({ doubleBuffered: true }), mapping)).toBe(
    'buffer: tiles of 28 words exceed its 27',
  );
  expect(evaluate(problem, sized({ doubleBuffered: true }), mapping).levels[1]?.usedWords).toBe(28);
});

const inRoom = (first: Partial<Level> = {}, second: Partial<Level> = {}): Architecture => ({
  levels: [
    level('DRAM', 8),
    level('bufferW', 2, { keeps: ['Weights'], room: 'buffer', sizeWords: 37, ...first }),
    level('bufferIO', 2, { keeps: ['Inputs', 'Outputs'], room: 'buffer', sizeWords: 37, meshX: 4, ...second }),
  ],
  macs: 4,
  macEnergyPj: 1,
});
const uneven = parseMapping('L2[WIO] - L1[W] M4 - L0[IO] M2 C4X', inRoom());

test('levels of a room share its size and bandwidth', () => {
  // All 32 weights stay; inputs and outputs come by 2 channels: 32 + 4 + 2 words.
  expect(checkMapping(problem, inRoom(), uneven)).toBe('room buffer: tiles of 38 words exceed its 37');
  expect(checkMapping(problem, inRoom({ sizeWords: 38 }, { sizeWords: 38 }), uneven)).toBeUndefined();
  const { levels, cycles } = evaluate(problem, inRoom(), uneven);
  // Reads: 32 weights, 4 inputs for each of 8 cycles, 8 updates of 8 outputs none of which read; writes: 32 + 4 + 8 fills and 8 updates.
  expect(levels.map((own) => own.cycles)).toEqual([8, 32, 32]);
  expect(cycles).toBe(32);
});

test.each([
  ['apart', inRoom({ room: 'other' }, {}), undefined],
  ['sizes', inRoom({ sizeWords: 30 }), 'room "buffer": its levels have sizeWords 30 and 37'],
  ['bandwidths', inRoom({ readBandwidth: 30 }), 'room "buffer": its levels have readBandwidth 30 and 2'],
  ['data spaces', inRoom({ keeps: ['Weights', 'Inputs'] }), 'room "buffer": two of its levels keep Inputs'],
  ['meshes', inRoom({ meshY: 2 }), 'room "buffer": only its innermost level may have a mesh'],
])('levels that are no room: %s', (_, architecture, reason) => {
  const run = (): unknown => evaluate(problem, architecture, uneven);
  if (reason === undefined) expect(run).not.toThrow();
  else expect(run).toThrow(reason);
});

test('a level between those of a room', () => {
  const [dram, weights, others] = inRoom().levels;
  const apart = { ...inRoom(), levels: [dram!, weights!, level('between', 1), others!] };
  const loops = [[], ...uneven];
  expect(() => evaluate(problem, apart, loops)).toThrow('room "buffer": other levels stand between its levels');
});
