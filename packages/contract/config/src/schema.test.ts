import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { measuringRegistry, openRegistry, toyRegistry } from '../../../../test/toy-registry.js';
import { sweepSchema } from './schema.js';
import { parseSweep } from './sweep.js';

const schema = sweepSchema(toyRegistry());
const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(schema);

const BASE = {
  apiVersion: 'archon/v1',
  name: 'small',
  networks: [{ use: 'mobilenet-v2' }],
  accelerators: [{ use: 'archon/dense' }],
  objectives: ['cycles'],
};

/** The same document for both readers: JSON is YAML. */
function verdicts(changes: object): { readonly schema: boolean; readonly reader: boolean } {
  const sweep = { ...BASE, ...changes };
  try {
    parseSweep(JSON.stringify(sweep), 'sweep.yaml', toyRegistry());
    return { schema: validate(sweep), reader: true };
  } catch {
    return { schema: validate(sweep), reader: false };
  }
}

const accelerator = (rest: object) => ({ accelerators: [{ use: 'dense', ...rest }] });

describe('sweepSchema', () => {
  it.each([
    {},
    { description: 'x', plugins: ['a'], seed: 7, stages: [], constraints: [{ metric: 'cycles', max: 1 }] },
    accelerator({ options: { meshX: 4 }, axes: { glbKib: [1, 2], gating: [true, false] } }),
    accelerator({ axes: { meshX: { from: 1, to: 4, step: 1 } } }),
    accelerator({ axes: { meshX: { from: 1, to: 4, factor: 2 } } }),
    accelerator({ axes: { gating: { values: [true, false] }, meshX: [1, 2] }, where: 'meshX * glbKib <= 256' }),
    accelerator({
      axes: { gating: [true, false], meshX: { values: [1, 2], when: { gating: true } } },
      where: ['meshX > 1'],
    }),
    accelerator({ axes: { gating: [true, false], meshX: { from: 1, to: 2, step: 1, when: { gating: [true] } } } }),
    { accelerators: [{ use: 'other/systolic', options: {} }] },
    { accelerators: [{ use: 'grid', options: { pe: { lanes: 4 } }, axes: { 'pe.bits': [8, 16] } }] },
    { accelerators: [{ use: 'grid', axes: { pe: [{}, { lanes: 1 }] } }], groupBy: 'accelerator.options.pe.lanes' },
    { stages: [{ use: 'prune', axes: { skipLayers: [[], ['a']] } }], objectives: ['accuracy'] },
    { objectives: [{ metric: 'cycles' }, { metric: 'utilization', direction: 'maximize' }] },
    { references: [{ metric: 'cycles', value: 1e6, label: 'a', source: 'b' }] },
    { metrics: { latencyMs: 'cycles / 2' }, objectives: [{ metric: 'latencyMs', direction: 'minimize' }] },
    {
      constants: { k: 2 },
      metrics: { a: { formula: 'k * cycles', unit: 'x', direction: 'maximize' } },
      objectives: ['a'],
    },
    { groupBy: 'accelerator.options.meshX', executor: { kind: 'serial' } },
    { refine: { top: 'front', set: { 'accelerator.options.meshX': 4, seed: 2 } } },
    { stages: [{ use: 'prune' }], refine: { top: 5, set: { 'stages[0].options.sparsity': 0.5 } } },
  ])('accepts what the reader accepts: %j', (changes) => {
    expect(verdicts(changes)).toEqual({ schema: true, reader: true });
  });

  it.each([
    { apiVersion: 'archon/v2' },
    { refine: { top: 'best', set: { seed: 2 } } },
    { refine: { top: 0, set: { seed: 2 } } },
    { refine: { top: 'front', set: {} } },
    { refine: { top: 'front', set: { 'accelerator.options.meshX': 65 } } },
    { refine: { top: 'front', set: { 'accelerator.options.mesh': 4 } } },
    { refine: { top: 'front', set: { accelerator: 'dense' } } },
    { name: 'a b' },
    { colour: 'red' },
    { networks: [] },
    { networks: [{}] },
    { networks: [{ use: 'dense' }] },
    { seed: 0.5 },
    { accelerators: [{ use: 'systolic' }] },
    { accelerators: [{ use: 'archon/systolic', options: { meshX: 1 } }] },
    accelerator({ options: { mesX: 4 } }),
    { accelerators: [{ use: 'grid', options: { pe: { laens: 4 } } }] },
    { accelerators: [{ use: 'grid', options: { pe: { lanes: 40 } } }] },
    { accelerators: [{ use: 'grid', options: { 'pe.lanes': 4 } }] },
    { accelerators: [{ use: 'grid', axes: { 'pe.lanes': [4, 40] } }] },
    { accelerators: [{ use: 'grid', axes: { 'pe.laens': [4] } }] },
    accelerator({ options: { meshX: 0 } }),
    accelerator({ axes: { meshX: [1, 99] } }),
    accelerator({ axes: { meshX: [1, 1] } }),
    accelerator({ axes: { meshX: 3 } }),
    accelerator({ axes: { meshX: { from: 1, to: 4, step: 0 } } }),
    accelerator({ axes: { gating: { from: 1, to: 4, step: 1 } } }),
    { objectives: [{ metric: 'cycles', direction: 'down' }] },
    { objectives: [3] },
    { constraints: [{ max: 1 }] },
    { references: [{ metric: 'cycles', value: 1, label: 'a' }] },
    { references: [{ metric: 'cycles', value: '1', label: 'a', source: 'b' }] },
    { executor: { kind: 'cloud' } },
    { apiVersion: '' },
    { name: '' },
    { plugins: [''] },
    { executor: { kind: '' } },
    { networks: [{ use: '' }] },
    { objectives: [''] },
    { objectives: ['top5'] },
    { metrics: { a: { unit: 'x' } } },
    { metrics: { a: '' } },
    { metrics: ['a'] },
    { constants: { k: 'x' } },
    { objectives: [{ metric: 'cycles', direction: '' }] },
    { constraints: [{ metric: '', max: 1 }] },
    { constraints: [{ metric: 'cycles' }] },
    { references: [{ metric: 'cycles', value: 1, label: '', source: 'b' }] },
    { references: [{ metric: 'cycles', value: 1, label: 'a', source: '' }] },
    { groupBy: '' },
    { groupBy: 'networks' },
    { groupBy: 'network.options.' },
  ])('refuses what the reader refuses: %j', (changes) => {
    expect(verdicts(changes)).toEqual({ schema: false, reader: false });
  });

  it('takes any metric where a stage does not say what it reports', () => {
    const open = new Ajv({ allowUnionTypes: true }).compile(sweepSchema(openRegistry()));
    expect(open({ ...BASE, stages: [{ use: 'quiet' }], objectives: ['top5'] })).toBe(true);
    expect(open({ ...BASE, objectives: [''] })).toBe(false);
  });

  it('knows the metrics of accelerators', () => {
    const measuring = new Ajv({ allowUnionTypes: true }).compile(sweepSchema(measuringRegistry()));
    expect(['liveShare', 'waste', 'fame'].map((metric) => measuring({ ...BASE, objectives: [metric] }))).toEqual([
      ...[true, true, false],
    ]);
  });

  it('tells editors what each option is for, and its unit', () => {
    expect(JSON.stringify(schema)).toContain('Columns of the array. [PE]');
  });
});
