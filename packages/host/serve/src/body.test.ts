import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { Body } from './body.js';

it('is compressed once, however often it is sent', async () => {
  const body = new Body('µ'.repeat(10_000)); // 20,000 bytes
  const first = body.gzipped;
  expect(body.gzipped).toBe(first);
  expect(gunzipSync((await first)!).toString()).toBe('µ'.repeat(10_000));
});

it('is not compressed where it is small', () => {
  expect(new Body('x'.repeat(16_383)).gzipped).toBeUndefined();
});
