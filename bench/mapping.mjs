/** Mapping evaluations per second and the time to a proven optimum, on the four layers of layers.mjs. */
import { Evaluator, findBestMapping, mapspaceSize } from '@archon-dse/loop-nest';
import { architecture, layers } from './layers.mjs';
import { count, ms, perCall, table } from './measure.mjs';

export function evaluations() {
  const rows = layers.map(({ name, problem, constraints, timeloop }) => {
    const { mapping } = findBestMapping(problem, architecture, constraints);
    const evaluator = new Evaluator(problem, architecture);
    const rate = 1 / perCall(() => evaluator.evaluate(mapping));
    return [name, count(rate), count(timeloop), `${count(rate / timeloop)}x`];
  });
  return table(['layer', 'evaluations/s/core', 'Timeloop v1.0, valid/s', 'ratio'], rows);
}

export function optima() {
  const rows = layers.map(({ name, problem, constraints, exhaustiveS }) => {
    const search = () => findBestMapping(problem, architecture, constraints);
    const { evaluation, considered } = search();
    const { built, valid } = mapspaceSize(problem, architecture, constraints);
    const seconds = perCall(search);
    return [
      name,
      `${count(built)} (${count(valid)})`,
      count(considered),
      ms(seconds),
      `${exhaustiveS} s`,
      `${count(exhaustiveS / seconds)}x`,
      `${count(evaluation.cycles)} cycles, ${evaluation.energyPj.toFixed(2)} pJ`,
    ];
  });
  const head = ['layer', 'mapspace (valid)', 'bounded', 'proven in', 'Timeloop, exhaustive', 'ratio', 'optimum'];
  return table(head, rows);
}
