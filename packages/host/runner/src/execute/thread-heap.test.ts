import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { threadHeap } from './thread-heap.js';

it('is below the limit from which V8 lets it grow to four times what is alive', () => {
  expect(threadHeap('', 4144)).toEqual({ maxOldGenerationSizeMb: 2047 });
  expect(threadHeap('--conditions=source --expose-gc', 8240)).toEqual({ maxOldGenerationSizeMb: 2047 });
});

it.each(['--max-old-space-size=8000', '--expose-gc --max_old_space_size=3000'])('is what %s asks for', (flags) => {
  expect(threadHeap(flags, 8240)).toEqual({});
});

it('is no more than Node gives on a small machine', () => {
  expect(threadHeap('', 1072)).toEqual({});
});

it('is the heap of a thread', async () => {
  const code = `const { parentPort, resourceLimits } = require('node:worker_threads'); parentPort.postMessage(resourceLimits);`;
  const thread = new Worker(code, { eval: true, resourceLimits: threadHeap('', 4144) });
  expect(await once(thread, 'message')).toMatchObject([{ maxOldGenerationSizeMb: 2047 }]);
});
