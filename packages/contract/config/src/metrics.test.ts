import { describe, expect, it } from 'vitest';
import { diagnosticsOf } from '../../../../test/diagnostics.js';
import { measuringRegistry } from '../../../../test/toy-registry.js';
import { parseSweep } from './sweep.js';

const on = (objective: string, accelerators: string, stages = ''): string => `apiVersion: archon/v1
name: measured
networks: [{ use: mobilenet-v2 }]
stages: [${stages}]
accelerators: [${accelerators}]
objectives: [${objective}]
`;
const read = (text: string) => parseSweep(text, 'sweep.yaml', measuringRegistry());

/** Codes and the text that each points at. */
function problemsOf(text: string): readonly string[] {
  return diagnosticsOf(() => read(text)).map(({ code, location }) => {
    const { line = 0, column = 0, length = 0 } = location ?? {};
    return `${code} ${(text.split('\n')[line - 1] ?? '').slice(column - 1, column - 1 + length)}`;
  });
}

describe('metrics of accelerators:', () => {
  const executed = '{ use: cycles, options: { fidelity: executed } }';

  it.each([
    ['waste', '{ use: cycles }', '', []],
    ['waste', '{ use: dense }', '', ['ARCHON_UNKNOWN_METRIC waste']],
    ['waste', '{ use: dense }, { use: cycles }', '', []],
    ['liveShare', executed, '', []],
    ['liveShare', '{ use: cycles }', '', ['ARCHON_UNKNOWN_METRIC liveShare']],
    ['liveShare', '{ use: cycles, axes: { fidelity: [analytical, executed] } }', '', []],
    ['liveShare', '{ use: cycles, axes: { fidelity: [analytical] } }', '', ['ARCHON_UNKNOWN_METRIC liveShare']],
    ['fame', executed, '', ['ARCHON_UNKNOWN_METRIC fame']],
    ['score', '{ use: cycles }', '{ use: score, options: { data: x } }', []],
    ['score', '{ use: cycles, options: { data: x } }', '', []],
  ])('%s on %s with [%s]: %j', (objective, accelerators, stages, expected) => {
    expect(problemsOf(on(objective, accelerators, stages))).toEqual(expected);
  });

  it('are good where they say so, and may be bounded and put into formulas', () => {
    const more = 'constraints: [{ metric: waste, max: 0.5 }]\nmetrics: { idle: waste * cycles }\n';
    const sweep = read(`${on('liveShare', executed)}${more}`);
    expect(sweep.objectives).toEqual([{ metric: 'liveShare', direction: 'maximize' }]);
    expect(problemsOf(`${on('cycles', executed)}metrics: { waste: cycles }\n`)).toEqual([
      'ARCHON_SWEEP_BAD_VALUE waste',
    ]);
  });

  it('who measures one, and with which option, is said', () => {
    const first = (text: string) => diagnosticsOf(() => read(text))[0];
    expect(first(on('liveShare', '{ use: cycles }, { use: cycles }'))).toMatchObject({
      message: 'no point has liveShare: measuring/cycles measures it only with the option fidelity: "executed"',
    });
    expect(first(on('score', '{ use: cycles }', '{ use: score }'))).toMatchObject({
      message:
        'no point has score: archon/score measures it only with the option data; ' +
        'measuring/cycles measures it only with the option data',
    });
    expect(first(on('waste', '{ use: dense }'))).toMatchObject({
      message: 'no metric of this sweep is called "waste"',
      hint: 'The accelerator measuring/cycles would report it.',
    });
    expect(first(on('score', '{ use: dense }'))).toMatchObject({
      hint: 'The stage archon/score (with the option data) and the accelerator measuring/cycles (with the option data) would report it.',
    });
  });
});
