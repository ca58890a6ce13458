import { expect, it } from 'vitest';
import { describeOption } from './option-problem.js';

it('puts types, choices and bounds in words', () => {
  expect(describeOption({ type: 'boolean' })).toBe('true or false');
  expect(describeOption({ type: 'string', enum: ['a', 'b'] })).toBe('one of: "a", "b"');
  expect(describeOption({ type: 'number', exclusiveMinimum: 0, unit: 'um2' })).toBe('a number, greater than 0 (um2)');
});
