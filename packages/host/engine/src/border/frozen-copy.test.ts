import { describe, expect, it } from 'vitest';
import { frozenCopy, isFrozenCopy } from './frozen-copy.js';

describe('frozenCopy', () => {
  const count = { component: 'mac', count: 1 };
  const original = { actions: [count], notes: null };

  it('is equal, and neither it nor anything in it can be changed', () => {
    const copy = frozenCopy(original) as typeof original;
    expect(copy).toEqual(original);
    expect([copy, copy.actions, copy.actions[0]].every(Object.isFrozen)).toBe(true);
  });

  it('does not follow its original, frozen on the outside or not', () => {
    const counts = [{ count: 1 }];
    const copy = frozenCopy(Object.freeze({ counts }));
    counts[0]!.count = -1;
    counts.push({ count: 2 });
    expect(copy).toEqual({ counts: [{ count: 1 }] });
  });

  it('knows its own lists from those somebody else has frozen', () => {
    const copy = frozenCopy(original) as typeof original;
    expect(isFrozenCopy(copy.actions)).toBe(true);
    expect(isFrozenCopy(Object.freeze([Object.freeze({ ...count })]))).toBe(false);
    expect((frozenCopy({ again: copy.actions }) as { again: unknown }).again).toBe(copy.actions);
  });

  it.each([
    [new Uint8Array(2), 'Uint8Array'],
    [new Map(), 'Map'],
  ])('refuses more than plain data: %s', (value, name) => {
    expect(() => frozenCopy({ value } as never)).toThrow(`plain data, not a ${name}`);
  });
});
