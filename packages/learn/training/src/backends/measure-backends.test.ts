import { expect, it } from 'vitest';
import type { BackendEntry } from './backend-list.js';
import { loadBackend } from './load-backend.js';
import { measureBackends } from './measure-backends.js';

const working = (id: string, isAutomatic: boolean): BackendEntry => {
  return { id, name: '@me/works', isAutomatic, load: () => loadBackend('onnx') };
};
const broken: BackendEntry = {
  id: 'broken',
  name: '@me/broken',
  isAutomatic: true,
  advice: 'mend it',
  load: async () => {
    throw new Error('no device\nat ...');
  },
};

it('measures what loads, says how to get the others, and marks the one that is taken', async () => {
  const reports = await measureBackends(0, [working('by-name', false), broken, working('a', true), working('b', true)]);
  const rate = expect.any(Number);
  const found = { description: expect.stringContaining('onnxruntime'), imagesPerSecond: rate };
  const lost = { description: null, imagesPerSecond: null, problem: 'no device', advice: 'mend it' };
  expect(reports).toMatchObject([
    { id: 'by-name', automatic: false, chosen: false, ...found },
    { id: 'broken', automatic: true, chosen: false, ...lost },
    { id: 'a', automatic: true, chosen: true, ...found },
    { id: 'b', automatic: true, chosen: false, ...found },
  ]);
  expect(reports[0]?.imagesPerSecond).toBeGreaterThan(0);
});
