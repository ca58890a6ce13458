import { describe, expect, it } from 'vitest';
import { didYouMean, suggest } from './suggest.js';

describe('suggest', () => {
  it.each([
    ['widht', ['width', 'variant'], 'width'],
    ['mobilnet-v2', ['mobilenet-v2', 'mnasnet'], 'mobilenet-v2'],
    ['zzz', ['width', 'variant'], undefined],
    ['x', [], undefined],
  ])('%s among %j is %s', (wrong, candidates, expected) => {
    expect(suggest(wrong, candidates)).toBe(expected);
  });

  it('words the hint', () => {
    expect(didYouMean('widht', ['width'])).toBe('Did you mean "width"?');
    expect(didYouMean('zzz', ['width'])).toBeUndefined();
  });
});
