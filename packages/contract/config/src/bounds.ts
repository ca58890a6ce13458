import type { Metric } from '@archon-dse/core';
import type { SweepMetrics } from './metrics.js';
import type { Node } from './nodes.js';
import type { Problems } from './problems.js';
import { nameOf } from './report.js';

type Side = 'min' | 'max';

interface Bound {
  readonly node: Node;
  readonly value: number;
}

/** The bounds of a sweep's constraints so far. Reports one that no point can keep: with the others, or at all. */
export class Bounds {
  private readonly metrics: SweepMetrics;
  private readonly problems: Problems;
  /** The tightest bound of each metric and side. */
  private readonly tightest = new Map<string, Bound>();

  constructor(metrics: SweepMetrics, problems: Problems) {
    this.metrics = metrics;
    this.problems = problems;
  }

  add(metric: string, side: Side, bound: Bound): void {
    const other = this.tightest.get(key(metric, side === 'min' ? 'max' : 'min'));
    const limits = this.metrics.known.get(metric);
    const values = limits && valuesOf(limits, side, bound.value);
    if (values !== undefined)
      this.report(bound, `is ${String(bound.value)}`, `a number ${values}, as every ${metric} is`);
    else if (other !== undefined && (side === 'min' ? bound.value > other.value : bound.value < other.value)) {
      const [wrong, right] = side === 'min' ? ['above', 'at most'] : ['below', 'at least'];
      const name = nameOf(other.node, this.problems);
      this.report(
        bound,
        `is ${String(bound.value)}, ${wrong} ${name}: ${String(other.value)}`,
        `${right} ${String(other.value)}`,
      );
    }
    const known = this.tightest.get(key(metric, side));
    if (known === undefined || (side === 'min' ? bound.value > known.value : bound.value < known.value)) {
      this.tightest.set(key(metric, side), bound);
    }
  }

  private report({ node }: Bound, wrong: string, expected: string): void {
    const message = `${nameOf(node, this.problems)} ${wrong}`;
    this.problems.add(node, { code: 'ARCHON_SWEEP_BAD_VALUE', message, expected });
  }
}

function key(metric: string, side: Side): string {
  return `${side} ${metric}`;
}

/** The values a metric can have, in words, when a bound leaves none of them. */
function valuesOf({ minimum, exclusiveMinimum, maximum }: Metric, side: Side, bound: number): string | undefined {
  if (side === 'min') return maximum !== undefined && bound > maximum ? `at most ${String(maximum)}` : undefined;
  if (exclusiveMinimum !== undefined && bound <= exclusiveMinimum) return `greater than ${String(exclusiveMinimum)}`;
  return minimum !== undefined && bound < minimum ? `at least ${String(minimum)}` : undefined;
}
