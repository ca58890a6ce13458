import { API_VERSION, defineAccelerator, Registry, type Accelerator, type AcceleratorInput } from '@archon-dse/core';
import { describe, expect, it } from 'vitest';
import tiny from '../../runner/fixtures/tiny/index.js';
import { evaluatePoint } from './evaluate-point.js';
import { explainPoint } from './explain-point.js';
import { newContext, rejection, tinyPoint } from './test-fixtures.js';

/** The accelerator of the fixtures with functions besides or in place of its own. */
function explaining(functions: Partial<Accelerator>) {
  const mac = tiny.accelerators![0]!;
  const options = { macs: { type: 'integer', default: 2, minimum: 1, description: 'Multipliers.' } } as const;
  const about = { name: 'told', title: 'Told', description: 'Tells.', source: 'made up', options };
  const create = () => ({ ...mac.create(tinyPoint.accelerator.options), ...functions });
  const meta = { name: 'x', namespace: 'x', version: '1.0.0', apiVersion: API_VERSION };
  const registry = new Registry([tiny, { meta, accelerators: [defineAccelerator({ ...about, create })] }]);
  const point = { ...tinyPoint, accelerator: { use: 'x/told', options: { macs: 2 } } };
  return explainPoint(point, newContext({}, registry));
}

const names = ({ workloads }: AcceleratorInput) => workloads.map(({ name }) => ({ name }));

describe('explainPoint', () => {
  it('evaluates the point, whatever the accelerator tells', async () => {
    const context = newContext();
    expect(await explainPoint(tinyPoint, context)).toEqual({
      refusals: [],
      evaluation: await evaluatePoint(tinyPoint, context),
      explanations: [],
    });
    const { evaluation, explanations } = await explaining({ explain: names });
    expect(explanations.map(({ name }) => name)).toEqual(evaluation?.layers.map(({ name }) => name));
  });

  it('lists what the accelerator refuses, and asks it all the same', async () => {
    const noMapping = { cause: 'capacity', message: 'too small', needs: 3, has: 2 };
    const { evaluation, refusals, explanations } = await explaining({
      supports: () => ({ ok: false, reason: 'too wide' }),
      explain: (input) => names(input).map((layer) => ({ ...layer, noMapping })),
    });
    expect(evaluation).toBeUndefined();
    expect(refusals[0]).toEqual({ name: explanations[0]?.name, reason: 'too wide' });
    expect(explanations[0]?.noMapping).toEqual(noMapping);
  });

  it.each<[string, unknown, string]>([
    ['no list', { name: 'a' }, 'explanations is'],
    ['a name that is no text', [{ name: 7 }], 'explanations[0].name is 7'],
    ['cycles below 0', [{ name: 'a', limits: [{ resource: 'compute', cycles: -1 }] }], 'limits[0].cycles is -1'],
    ['a share above 1', [{ name: 'a', losses: [{ cause: 'x', share: 2, reason: '' }] }], 'losses[0].share is 2'],
    ['a missing member', [{ name: 'a', noMapping: { cause: 'x' } }], 'noMapping.message is undefined'],
    ['a list for an object', [{ name: 'a', now: [] }], 'explanations[0].now is'],
  ])('refuses %s', async (_, returned, message) => {
    const [found] = await rejection(explaining({ explain: () => returned as never }));
    expect(found).toMatchObject({ code: 'ARCHON_RESULT_INVALID', plugin: 'x' });
    expect(found?.message).toContain(message);
  });
});
