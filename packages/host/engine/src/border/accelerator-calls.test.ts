import { API_VERSION, defineAccelerator, Registry, type Accelerator, type Component } from '@archon-dse/core';
import { describe, expect, it } from 'vitest';
import { platform, rejection } from '../test-fixtures.js';
import { createAccelerator } from './accelerator-calls.js';
import { Border } from './border.js';

const sound: Accelerator = {
  components: () => [],
  supports: () => ({ ok: true }),
  run: () => ({ cycles: 1, layers: [] }),
};
const cell: Component = { name: 'cell', class: 'sram', attributes: {}, instances: 1 };

/** An accelerator of a plugin with other functions, some of them wrong. */
function guarded(functions: object) {
  const about = { name: 'array', title: 'Array', description: 'An array.', source: 'made up' };
  const array = defineAccelerator({ ...about, options: {}, create: () => ({ ...sound, ...functions }) });
  const meta = { name: 'x', namespace: 'x', version: '1.0.0', apiVersion: API_VERSION };
  const registry = new Registry([{ meta, accelerators: [array] }]);
  return platform.task(() => createAccelerator(new Border(platform), registry.resolve('accelerator', 'array'), {}));
}

describe('createAccelerator', () => {
  it('hands on what it answers', async () => {
    const accelerator = await guarded({ components: () => [cell] });
    expect(accelerator.components()).toEqual([cell]);
    expect(accelerator.check).toBeUndefined();
    expect(accelerator.supports({} as never)).toEqual({ ok: true });
  });

  it('refuses one without its functions', async () => {
    expect(await rejection(guarded({ run: 'fast' }))).toMatchObject([
      { code: 'ARCHON_RESULT_INVALID', message: "the accelerator has 'fast' for its function run", plugin: 'x' },
    ]);
  });

  it('waits for a check that answers later', async () => {
    const accelerator = await guarded({ check: () => Promise.reject(new Error('not so')) });
    expect(await rejection(accelerator.check!([]))).toMatchObject([
      { message: expect.stringContaining('failed while checking its options: Error: not so'), plugin: 'x' },
    ]);
  });

  it.each<[object, string]>([
    [{ name: 7 }, 'components[1].name is no text'],
    [{ class: 'x'.repeat(201) }, 'components[1].class is 201 characters long'],
    [{ attributes: [] }, 'components[1].attributes is no object'],
    [{ instances: '1' }, 'components[1].instances is no number'],
    [{ instances: -1 }, 'components[1].instances is -1'],
    [{ instances: NaN }, 'components[1].instances is NaN'],
    [{ attributes: { dataBits: 'x'.repeat(2 ** 20) } }, 'the list of components: [1].attributes.dataBits is where it'],
  ])('refuses a component with %j', async (members, message) => {
    const accelerator = await guarded({ components: () => [cell, { ...cell, ...members }] });
    const [found] = await rejection(platform.task(() => accelerator.components()));
    expect(found).toMatchObject({ code: 'ARCHON_RESULT_INVALID', plugin: 'x' });
    expect(found?.message).toContain(message);
  });
});
