import { describe, expect, it } from 'vitest';
import { readWishes } from './usage.js';

describe('the command line', () => {
  it.each([
    [[], {}],
    [['my-plugin'], { folder: 'my-plugin' }],
    [['p', '--kind', 'stage, network'], { folder: 'p', kinds: ['network', 'stage'] }],
    [['--name', '@me/p', '--namespace', 'n', 'p'], { folder: 'p', name: '@me/p', namespace: 'n' }],
    [['-h'], { help: true }],
  ])('%j', (args, wishes) => {
    expect(readWishes(args)).toEqual(wishes);
  });

  it.each([
    [['p', '--kind', 'networks'], /"networks" is no kind/],
    [['p', '--kind', ''], /the kind is empty/],
    [[''], /the folder is empty/],
    [['p', 'q'], /p q are several folders/],
    [['--kinds', 'stage'], /Unknown option '--kinds'/],
  ])('%j is refused', (args, message) => {
    expect(() => readWishes(args)).toThrow(message);
  });
});
