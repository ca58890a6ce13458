import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { planStages, pruneStages, stageUse } from './stage-use.js';
import { tempDir } from './test-fixtures.js';

const HOUR = 3600e3;
const NOW = 100 * HOUR;

/** Three trainings of 10, 20 and 30 bytes, written 50, 20 and 0 hours ago, and a folder of something else. */
function threeTrainings(): string {
  const dir = tempDir();
  for (const [index, age] of [50, 20, 0].entries()) {
    const folder = join(dir, `train-${String(index).repeat(16)}`);
    mkdirSync(join(folder, 'states'), { recursive: true });
    const file = join(folder, 'states', 'model.safetensors');
    writeFileSync(file, 'x'.repeat(10 * (index + 1)));
    utimesSync(file, (NOW - age * HOUR) / 1000, (NOW - age * HOUR) / 1000);
  }
  mkdirSync(join(dir, 'layers'));
  return dir;
}

it('lists what stages keep, the oldest first', () => {
  expect(stageUse(threeTrainings()).map(({ bytes, usedMs }) => [bytes, usedMs / HOUR])).toEqual([[10, 50], [20, 80], [30, 100]]); // prettier-ignore
});

it('plans to delete what is old or too much, but nothing that may be under way', () => {
  const dir = threeTrainings();
  const bytesOf = (limits: object) => planStages(dir, limits, NOW).map(({ bytes }) => bytes);
  expect(bytesOf({})).toEqual([]);
  expect(bytesOf({ usedBeforeMs: NOW - 30 * HOUR })).toEqual([10]);
  expect(bytesOf({ maxBytes: 50 })).toEqual([10]);
  expect(bytesOf({ maxBytes: 0, usedBeforeMs: NOW })).toEqual([10, 20]);
  pruneStages(planStages(dir, { maxBytes: 0 }, NOW));
  expect(readdirSync(dir)).toEqual(['layers', `train-${'2'.repeat(16)}`]);
});
