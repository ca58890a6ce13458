import { describe, expect, it } from 'vitest';
import { own } from './own.js';

describe('own', () => {
  it.each(Object.getOwnPropertyNames(Object.prototype))(
    'finds no %s that nobody put there, and one that is',
    (name) => {
      expect(own({}, name)).toBeUndefined();
      expect(own(Object.fromEntries([[name, 1]]), name)).toBe(1);
    },
  );
});
