import { describe, expect, it } from 'vitest';
import { byComponent, sumEnergies } from './energy.js';

describe('energies', () => {
  it('sum over layers by name', () => {
    const layers = [
      { energyByComponentPj: { mac: 1, 'glb/inputs': 2 } },
      { energyByComponentPj: { 'glb/inputs': 3, dram: 4 } },
    ];
    expect(sumEnergies(layers)).toEqual({ dram: 4, 'glb/inputs': 5, mac: 1 });
  });

  it("take a component's own total where there is one, else the sum of its data spaces", () => {
    expect(byComponent({ glb: 5, 'glb/inputs': 2, 'glb/outputs': 3, 'dram/weights': 1, 'dram/inputs': 6 })).toEqual({
      glb: 5,
      dram: 7,
    });
  });
});
