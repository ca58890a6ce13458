import { describe, expect, it } from 'vitest';
import type { PaperModel } from '../../paper-model.js';
import { readChoice, writeChoice } from './state.js';

const named = (...ids: string[]) => ids.map((id) => ({ id }));
const model = { networks: named('a.x', 'b, %'), runs: named('published', 'corrected') } as unknown as PaperModel;

describe('choice in the address', () => {
  it.each([
    ['', { network: 0, run: 0 }],
    ['#a.x,corrected', { network: 0, run: 1 }],
    ['#unknown,corrected', { network: 0, run: 1 }],
    ['#%', { network: 0, run: 0 }],
  ])('%j is read', (hash, choice) => {
    expect(readChoice(model, hash)).toEqual(choice);
  });

  it('is read as it was written, whatever the names', () => {
    for (const network of [0, 1]) {
      for (const run of [0, 1]) {
        expect(readChoice(model, writeChoice(model, { network, run }))).toEqual({ network, run });
      }
    }
  });
});
