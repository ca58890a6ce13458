import { expect, it } from 'vitest';
import { foldSources } from './price-sources.js';

const sram = (words: number): string => {
  const base = `CACTI 7 (1ffd8df), 45 nm, ${words} words x 64 bit, 2 ports: exact row`;
  return `${base}; + two 16-bit address generators; 1 of 27 banks addressed: ${base}; + two 16-bit address generators; leakage x cycle time: ${base}`;
};

it('folds sources by estimator and says once what repeats', () => {
  const groups = foldSources({
    mac: ['Aladdin anchors (Accelergy plug-in c33fe70): multiplier at 5 ns'],
    glb: [sram(2048), sram(4096)],
    spad: [sram(64)],
    own: ['table A of a paper'],
  });
  expect(groups.map(({ estimator }) => estimator)).toEqual([
    'Aladdin anchors (Accelergy plug-in c33fe70)',
    'CACTI 7 (1ffd8df), 45 nm',
    'table A of a paper',
  ]);
  expect(groups[1]?.components.map(({ name, variants }) => [name, variants.length])).toEqual([
    ['glb', 2],
    ['spad', 1],
  ]);
  expect(groups[1]?.components[0]?.variants[0]).toEqual([
    '2048 words x 64 bit, 2 ports: exact row',
    '+ two 16-bit address generators',
    '1 of 27 banks addressed',
    'leakage x cycle time',
  ]);
  expect(groups[0]?.components[0]?.variants).toEqual([['multiplier at 5 ns']]);
  expect(groups[2]?.components[0]?.variants).toEqual([[]]);
});
