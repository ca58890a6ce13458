import { describe, expect, it } from 'vitest';
import { diagnosticsOf } from '../../../../test/diagnostics.js';
import { openRegistry, toyRegistry } from '../../../../test/toy-registry.js';
import { parseSweep } from './sweep.js';

const HEAD = `apiVersion: archon/v1
name: derived
networks: [{ use: mobilenet-v2 }]
accelerators: [{ use: dense }]
`;
const sweepOf = (text: string) => parseSweep(`${HEAD}${text}`, 'sweep.yaml', toyRegistry());
const wrong = (metrics: string, objectives = '[cycles]') =>
  diagnosticsOf(() => sweepOf(`objectives: ${objectives}\nconstants: { clockMhz: 200 }\nmetrics:\n${metrics}\n`));

describe('metrics of a sweep', () => {
  it('stand after those they name, and may be used wherever metrics are', () => {
    const sweep = sweepOf(`constants: { clockMhz: 200 }
metrics:
  perMac: { formula: energyUj / macs, unit: uJ, direction: minimize, description: Energy of a product. }
  energyUj: energyPj / 1e6
  latencyMs: cycles / (clockMhz * 1e3)
objectives: [perMac, { metric: latencyMs, direction: minimize }]
constraints: [{ metric: energyUj, max: 5 }]
references: [{ metric: latencyMs, value: 1, label: a, source: b }]
`);
    expect(sweep.constants).toEqual({ clockMhz: 200 });
    expect(sweep.metrics?.map(({ name }) => name)).toEqual(['energyUj', 'perMac', 'latencyMs']);
    expect(sweep.metrics?.[1]).toEqual({
      ...{ name: 'perMac', formula: 'energyUj / macs', unit: 'uJ', direction: 'minimize' },
      description: 'Energy of a product.',
    });
    expect(sweep.objectives).toEqual([
      { metric: 'perMac', direction: 'minimize' },
      { metric: 'latencyMs', direction: 'minimize' },
    ]);
  });

  it.each([
    ['  a: cycels / 2', 'ARCHON_UNKNOWN_METRIC', 8, 6, { hint: 'Did you mean "cycles"?' }],
    ['  a: "2 * accuracy"', 'ARCHON_UNKNOWN_METRIC', 8, 11, { hint: 'The stage archon/prune would report it.' }],
    ['  a: 2 * * 3', 'ARCHON_SWEEP_BAD_VALUE', 8, 10, { message: 'metrics.a: "*" cannot stand here' }],
    ['  a: { formula: sqr(2) }', 'ARCHON_SWEEP_BAD_VALUE', 8, 17, { hint: 'Did you mean "sqrt"?' }],
    ['  a: accelerator.meshX', 'ARCHON_UNKNOWN_METRIC', 8, 6, { hint: 'Did you mean "accelerator.options.meshX"?' }],
    ['  a: accelerator.options.mesX', 'ARCHON_UNKNOWN_OPTION', 8, 6, { hint: 'Did you mean "meshX"?' }],
    ['  a: network.options.dataset', 'ARCHON_SWEEP_BAD_VALUE', 8, 6, { expected: 'an option that is one' }],
    ['  a: stages[0].options.sparsity', 'ARCHON_SWEEP_BAD_VALUE', 8, 6, {}],
    ['  cycles: 2', 'ARCHON_SWEEP_BAD_VALUE', 8, 3, { expected: 'another name' }],
    ['  clockMhz: "2"', 'ARCHON_SWEEP_BAD_VALUE', 8, 3, { message: 'metrics.clockMhz has the name of a constant' }],
    ['  sqrt: "2"', 'ARCHON_SWEEP_BAD_VALUE', 8, 3, { message: 'metrics.sqrt has the name of a function' }],
    ['  a: { unit: ms }', 'ARCHON_SWEEP_MISSING_KEY', 8, 3, {}],
    ['  a: { formula: "1", colour: red }', 'ARCHON_SWEEP_UNKNOWN_KEY', 8, 22, {}],
  ])('%s is refused', (text, code, line, column, more) => {
    expect(wrong(text)[0]).toMatchObject({ code, location: { line, column }, ...more });
  });

  it('may not be defined by themselves', () => {
    expect(wrong('  a: b + 1\n  b: 2 * c\n  c: a').map(({ message }) => message)).toEqual([
      'metrics.a is defined by itself: a -> b -> c -> a',
    ]);
  });

  it('say which way is better before they are objectives', () => {
    expect(wrong('  a: cycles / 2', '[a]')).toMatchObject([
      { code: 'ARCHON_SWEEP_MISSING_KEY', hint: 'Write { metric: a, direction: minimize }.', location: { line: 5 } },
    ]);
  });

  it('take options of the point, and any metric where a stage does not say what it measures', () => {
    const sweep = `${HEAD}stages: [{ use: quiet }]\nobjectives: [cycles]\nmetrics: { a: top5 * accelerator.options.meshX }\n`;
    expect(parseSweep(sweep, 'sweep.yaml', openRegistry()).metrics).toHaveLength(1);
  });
});
