import {
  meetsNeed,
  neededOption,
  own,
  type AcceleratorMeta,
  type AcceleratorRun,
  type Component,
  type Options,
  type PriceTables,
  type Workload,
} from '@archon-dse/core';
import { anyPlatform, runDiagnostics, type Task } from '@archon-dse/engine';

const { show } = anyPlatform({ program: 'suite', sha256: () => '' });

/** What is wrong with the components, one line each. */
export function componentProblems(components: readonly Component[], prices: PriceTables): readonly string[] {
  const names = components.map(({ name }) => name);
  return components.flatMap(({ name, instances }, index) => [
    ...complaint(names.indexOf(name) === index, `component "${name}" is listed twice`),
    ...complaint(Number.isInteger(instances) && instances > 0, `"${name}" has ${instances} instances`),
    ...complaint(prices.ert[name] !== undefined, `"${name}" has no energies`),
    ...complaint(prices.art[name] !== undefined, `"${name}" has no area`),
  ]);
}

/** What is wrong with the figures of a run, one line each: all that the engine refuses, and actions that never happen. */
export function runProblems(run: AcceleratorRun, task: Task): readonly string[] {
  const idle = run.layers.flatMap(({ name, actions }) =>
    actions
      .filter(({ count }) => count === 0)
      .map(({ component, action }) => `${name}: lists "${action}" of "${component}", which never happens`),
  );
  const refused = runDiagnostics(run, task, show).map(
    ({ message, expected = '' }) => `${message} (expected: ${expected})`,
  );
  return [...refused, ...idle];
}

/** Workloads whose layers, over all phases, do not execute their MACs, one line each. */
export function macProblems(run: AcceleratorRun, workloads: readonly Workload[]): readonly string[] {
  return workloads.flatMap(({ name, macs }) => {
    const executed = executedMacs(run, name);
    return complaint(executed === macs, `${name}: ${executed} of ${macs} MACs`);
  });
}

/** MACs that a run executes for a workload, over all phases. */
export function executedMacs({ layers }: AcceleratorRun, workload: string): number {
  return layers.filter(({ name }) => name === workload).reduce((sum, { macs }) => sum + macs, 0);
}

/** What is wrong with the cycles of a network whose layers run one after the other. */
export function turnProblems({ cycles, layers }: AcceleratorRun): readonly string[] {
  const sum = layers.reduce((total, layer) => total + layer.cycles, 0);
  return complaint(cycles === sum, `the network takes ${cycles} cycles, its layers ${sum}`);
}

/** Metrics of a run that its accelerator does not declare, or that are not what it declares, one line each. */
export function metricProblems(
  { metrics: measured = {} }: AcceleratorRun,
  { metrics: declared = {} }: AcceleratorMeta,
  options: Options,
): readonly string[] {
  const undeclared = Object.keys(measured).filter((name) => !Object.hasOwn(declared, name));
  return [
    ...undeclared.map((name) => `"${name}" is measured and not declared`),
    ...Object.entries(declared).flatMap(([name, { needs, minimum, exclusiveMinimum, maximum }]) => {
      const isDue = needs === undefined || meetsNeed(needs, own(options, neededOption(needs)));
      const value = own(measured, name);
      if (value === undefined) return complaint(!isDue, `"${name}" is declared and not measured`);
      const isInside =
        Number.isFinite(value) &&
        value >= (minimum ?? -Infinity) &&
        value > (exclusiveMinimum ?? -Infinity) &&
        value <= (maximum ?? Infinity);
      return [
        ...complaint(isDue, `"${name}" is measured without what it needs`),
        ...complaint(isInside, `"${name}" is ${value}, outside its range`),
      ];
    }),
  ];
}

export function complaint(holds: boolean, text: string): readonly string[] {
  return holds ? [] : [text];
}
