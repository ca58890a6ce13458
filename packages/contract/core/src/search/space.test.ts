import { describe, expect, it } from 'vitest';
import type { Candidate, Sweep } from '../sweep.js';
import { isAllowed, pointsInOrder, settle } from './space.js';
import { spaceOf } from './sweep-space.js';

const array: Candidate = {
  use: 'a/array',
  options: { lanes: 1, isFast: false, gap: 3 },
  axes: { mesh: [2, 4, 8], mode: ['fixed', 'scaled'], lanes: { from: 2, step: 2, count: 3 } },
  when: { lanes: { mode: ['scaled'] } },
  where: ['mesh * lanes <= limit'],
};

function sweepOf(changes: Partial<Sweep> = {}): Sweep {
  return {
    ...{ apiVersion: 'archon/v1', name: 's', plugins: [], seed: 7, objectives: [], constraints: [] },
    networks: [{ use: 'a/net', options: {}, axes: { width: [1, 2] } }],
    stages: [],
    accelerators: [array],
    constants: { limit: 16 },
    executor: { kind: 'serial' },
    ...changes,
  };
}

const pointsOf = (sweep: Sweep) => {
  const space = spaceOf(sweep);
  return [...pointsInOrder(space)].map(space.pointOf);
};

describe('the space of a sweep', () => {
  it('has the conditions and constraints of its entries, in the order of the full product', () => {
    const optionsOf = pointsOf(sweepOf()).map(({ network, accelerator }) => {
      const { mesh, mode, lanes } = accelerator.options;
      return [network.options['width'], mesh, mode, lanes];
    });
    const ofOne = [
      [2, 'fixed', 1],
      [2, 'scaled', 2],
      [2, 'scaled', 4],
      [2, 'scaled', 6],
      [4, 'fixed', 1],
      [4, 'scaled', 2],
      [4, 'scaled', 4],
      [8, 'fixed', 1],
      [8, 'scaled', 2],
    ];
    expect(optionsOf).toEqual([1, 2].flatMap((width) => ofOne.map((rest) => [width, ...rest])));
  });

  it('makes one object of what points in a row share', () => {
    const points = pointsOf(sweepOf({ stages: [{ use: 'a/stage', options: {}, axes: {} }] }));
    expect(new Set(points.map(({ network }) => network)).size).toBe(2);
    expect(new Set(points.map(({ stages }) => stages)).size).toBe(1);
    expect(new Set(points.map(({ accelerator }) => accelerator)).size).toBe(points.length);
  });

  it('has an axis for the choice among entries, and theirs only with them', () => {
    const other: Candidate = { use: 'a/other', options: {}, axes: { depth: [1, 2] } };
    const sweep = sweepOf({ networks: [{ use: 'a/net', options: {}, axes: {} }], accelerators: [other, array] });
    expect(spaceOf(sweep).axes.map(({ name, when }) => [name, when])).toEqual([
      ['accelerator', []],
      ['accelerator.options.depth', [{ axis: 0, choices: [0] }]],
      ['accelerator.options.mesh', [{ axis: 0, choices: [1] }]],
      ['accelerator.options.mode', [{ axis: 0, choices: [1] }]],
      ['accelerator.options.lanes', [{ axis: 0, choices: [1] }, { axis: 0, choices: [1] }, { axis: 3, choices: [1] }]], // prettier-ignore
    ]);
    expect(pointsOf(sweep)).toHaveLength(2 + 9);
    expect(pointsOf(sweep)[1]?.accelerator).toEqual({ use: 'a/other', options: { depth: 2 } });
  });

  it('settles axes that a point does not have', () => {
    const space = spaceOf(sweepOf());
    expect(settle(space, [1, 2, 0, 2])).toEqual([1, 2, 0, 0]);
    expect(settle(space, [1, 2, 1, 2])).toEqual([1, 2, 1, 2]);
    expect(isAllowed(space, [1, 2, 1, 2])).toBe(false);
  });

  it('keeps no constraint that has no value', () => {
    const where = ['1 / (mesh - 2) > 0'];
    const meshes = pointsOf(sweepOf({ accelerators: [{ ...array, where }] })).map(
      ({ accelerator }) => accelerator.options['mesh'],
    );
    expect(new Set(meshes)).toEqual(new Set([4, 8]));
  });

  it('keeps constraints between parts, where a point has what they name', () => {
    const networks = [
      { use: 'a/net', options: { deep: true }, axes: { width: [1, 2, 4] } },
      { use: 'a/fixed', options: { width: 3 }, axes: {} },
      { use: 'a/none', options: { width: 'all' }, axes: {} },
    ];
    const accelerators = [
      { use: 'a/x', options: {}, axes: { mesh: [2, 4] } },
      { use: 'a/y', options: {}, axes: {} },
    ];
    const where = ['network.options.width * accelerator.options.mesh <= most'];
    const found = pointsOf({ ...sweepOf({ networks, accelerators }), constants: { most: 8 }, where });
    expect(found.map(({ network, accelerator }) => [network.options['width'], accelerator.options['mesh']])).toEqual([
      ...[[1, 2], [1, 4], [1, undefined], [2, 2], [2, 4], [2, undefined], [4, 2], [4, undefined]],
      ...[[3, 2], [3, undefined], ['all', 2], ['all', 4], ['all', undefined]],
    ]); // prettier-ignore
  });

  it('keeps constraints between stages and the rest, of axes with conditions too', () => {
    const stages = [{ use: 'a/s', options: { share: 8 }, axes: { isOn: [false, true], share: [1, 2] }, when: { share: { isOn: [true] } } }]; // prettier-ignore
    const networks = [{ use: 'a/net', options: { width: 4 }, axes: {} }];
    const accelerators = [{ use: 'a/x', options: {}, axes: {} }];
    const where = ['stages[0].options.share * network.options.width != 4'];
    const found = pointsOf({ ...sweepOf({ networks, stages, accelerators }), where });
    expect(found.map(({ stages: [stage] }) => stage?.options)).toEqual([{ isOn: false, share: 8 }, { isOn: true, share: 2 }]); // prettier-ignore
  });

  it('goes on after any point', () => {
    const space = spaceOf(sweepOf());
    const all = [...pointsInOrder(space)];
    expect([...pointsInOrder(space, all[6])]).toEqual(all.slice(7));
    expect([...pointsInOrder(space, all.at(-1))]).toEqual([]);
  });

  it('tells which axes are in an order', () => {
    const axes = { up: [1, 2, 4], down: [3, 1], mixed: [1, 3, 2], text: ['a', 'b'], one: [5], flag: [false, true] };
    const sweep = sweepOf({ accelerators: [{ use: 'a/x', options: {}, axes }] });
    expect(spaceOf(sweep).axes.map(({ isOrdered }) => isOrdered)).toEqual([
      true,
      true,
      true,
      false,
      false,
      true,
      false,
    ]);
  });
});
