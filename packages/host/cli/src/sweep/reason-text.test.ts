import { expect, it } from 'vitest';
import { reasonLines } from './reason-text.js';

it('names an example in one line, whatever its options are', () => {
  const points = [{ id: 'p', label: 'text=two\nlines' }];
  const reasons = [{ reason: 'it broke', state: 'failed', points: 1, example: 'p' }];
  const lines = reasonLines({ reasons, points } as never);
  expect(lines).toEqual(['', String.raw`1 point failed, e.g. text=two\u000alines`, '  it broke']);
});
