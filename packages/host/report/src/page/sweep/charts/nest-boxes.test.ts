import { describe, expect, it } from 'vitest';
import type { Layer } from '../state/report.js';
import { nestBoxes } from './nest-boxes.js';

const layer = (mapping: string, tiles: string): Layer => ({
  ...{ name: 'fc', block: 'head', role: 'fc', phase: '', notes: '', macs: 1, cycles: 1, utilization: 1 },
  ...{ mapping, tiles, energyPj: 200, energyByComponentPj: { DRAM: 150, mac: 50 } },
});

describe('nestBoxes', () => {
  it('are the levels with what they hold, how they spread and what they spend', () => {
    const boxes = nestBoxes(
      layer('DRAM[WIO] Q8 - glb[IO] P4 M2X Q4X C3Y - mesh[] ', 'W75 I20 O5 - I30 O10 / 80 - none'),
    );
    expect(boxes).toEqual([
      {
        name: 'DRAM',
        tiles: [
          { space: 'W', share: 0.75 },
          { space: 'I', share: 0.2 },
          { space: 'O', share: 0.05 },
        ],
        loops: ['Q 8'],
        energyShare: 0.75,
      },
      {
        name: 'glb',
        tiles: [
          { space: 'I', share: 30 / 80 },
          { space: 'O', share: 10 / 80 },
        ],
        fill: 0.5,
        loops: ['P 4'],
        spread: { x: 8, y: 3, loops: ['M 2 across X', 'Q 4 across X', 'C 3 across Y'] },
      },
      { name: 'mesh', tiles: [], loops: [] },
    ]);
  });

  it('are none in another notation', () => {
    expect(nestBoxes(layer('for all of it', ''))).toEqual([]);
  });

  it('hold nothing that a record does not tell', () => {
    expect(nestBoxes(layer('DRAM[WIO] Q8', ''))[0]?.tiles).toEqual([]);
  });
});
