import { describe, expect, it } from 'vitest';
import { histogramWords, mapWords, shareWords, stallWords } from './execution-words.js';

describe('what executions find', () => {
  it('is called in words', () => {
    expect([stallWords('fifo-full'), shareWords('adderUtilization')]).toEqual(['FIFOs full', 'Adders in use']);
    expect(histogramWords('additions').limit?.option).toBe('addersPerPe');
    expect(mapWords('firstMasks')).toMatchObject({ row: 'channel group', column: 'position' });
  });

  it.each([
    ['bank-conflict', 'Bank conflict'],
    ['bankConflict', 'Bank conflict'],
    ['constructor', 'Constructor'],
    ['<img onerror>', '<img onerror>'],
  ])('by the name %s of somebody else reads %s', (name, words) => {
    expect([stallWords(name), shareWords(name), histogramWords(name).title, mapWords(name).title]).toEqual(
      Array.from({ length: 4 }, () => words),
    );
    expect(histogramWords(name).limit).toBeUndefined();
  });
});
