import type { Options, Workload } from '@archon-dse/core';
import { describe, expect, it } from 'vitest';
import { archon } from './archon.js';
import { bottleneck, diagnosticOf, phaseOf, run } from './test-fixtures.js';

describe('options', () => {
  it('have no lanes that do not fit an adder', () => {
    expect(diagnosticOf(() => run(bottleneck(), { activationBits: 8 }))).toMatchObject({
      code: 'ARCHON_BAD_OPTION',
      path: 'options.adderLanes',
      message: expect.stringContaining('adderLanes is 4: additions of 8 bit side by side need 32 bit'),
      hint: expect.stringContaining('adderLanes to 2'),
    });
    expect(diagnosticOf(() => run(bottleneck(), { activationBits: 32, adderLanes: 1 })).path).toBe(
      'options.activationBits',
    );
  });

  it('name rules that exist', () => {
    expect(diagnosticOf(() => run(bottleneck(), { rules: ['lastCycles=published'] }))).toMatchObject({
      path: 'options.rules[0]',
      hint: 'Did you mean "lastCycle=published"?',
    });
  });

  it('switch single rules', () => {
    expect(phaseOf(run(bottleneck(), { rules: ['lastCycle=published'] }), 'predict-expand').cycles).toBe(5);
    expect(
      phaseOf(run(bottleneck(), { method: 'ics21', rules: ['lastCycle=corrected'] }), 'predict-expand').cycles,
    ).toBe(6);
  });

  it('that nobody knows are named', () => {
    expect(diagnosticOf(() => archon.create({ meshx: 4 }))).toMatchObject({
      code: 'ARCHON_UNKNOWN_OPTION',
      hint: 'Did you mean "meshX"?',
    });
  });
});

describe('a mesh', () => {
  const planes = (...widths: readonly number[]) =>
    widths.flatMap((plane, index) => bottleneck({ plane }, `b${index + 1}`));

  const check = (layers: readonly Workload[], changes: Options = {}): void => archon.create(changes).check(layers);

  it.each([
    ['meshX', 3, 'Set meshX to 2 or 4.'],
    ['meshY', 12, 'Set meshY to 8 or 16.'],
  ])('refuses %s of %i, which divides over no plane of a fused block', (option, size, hint) => {
    expect(diagnosticOf(() => check(planes(16, 8), { [option]: size }))).toEqual({
      code: 'ARCHON_BAD_OPTION',
      message: `option ${option} is ${size}, which divides over no layer of the network: some PEs would never work`,
      expected: expect.stringContaining('divide the output plane of a fused block (16, 8 px wide)'),
      path: `options.${option}`,
      hint,
    });
  });

  it('that is published is taken for any plane, and for the small ones of a network', () => {
    expect(() => check(planes(7))).not.toThrow();
    expect(() => check(planes(8, 4, 2), { meshX: 16 })).not.toThrow();
  });

  it('says where PEs are idle', () => {
    // 8 channels of 7 x 7 px on 8 x 8 PEs: a row of 7 pixels over 8 columns of channels, or the like.
    expect(phaseOf(run(planes(7)), 'main').notes).toEqual(['56 of 64 PEs work']);
    expect(phaseOf(run(planes(8)), 'main').notes).toBeUndefined();
  });
});

describe('area', () => {
  const leftOut = (changes: Options): readonly string[] =>
    archon
      .create(changes)
      .components()
      .filter(({ inArea }) => inArea === false)
      .map(({ name }) => name);

  it('leaves out what the publication leaves out, by method and rule', () => {
    expect(leftOut({})).toEqual([]);
    expect(leftOut({ method: 'ics21' })).toEqual(['DRAM', 'DummyBuffer', 'weights_spad', 'prediction_glb']);
    expect(leftOut({ rules: ['predictionGlbArea=published'] })).toEqual(['prediction_glb']);
  });
});
