import type { DataSpace } from '@archon-dse/loop-nest';
import { relevantDims } from '../problem/relevance.js';
import { reportName } from './nest.js';
import { spacesOf, type NamedLoop, type Report, type ReportLevel } from './report.js';

/** A data space on the wires between two neighbouring levels. None of it costs energy here. */
export interface Traffic {
  readonly name: string;
  readonly fanout: number;
  readonly multicast: number;
  readonly ingresses: number;
  readonly spatialReductions: number;
  readonly hops: number;
}

export interface Network {
  readonly name: string;
  readonly traffic: readonly Traffic[];
}

/**
 * The networks between neighbouring levels, and of the innermost one with the arithmetic, as Timeloop's statistics list them.
 *
 * @source outputs of Timeloop v1.0 for the experiment of ICS'21 (compstruct/fusion-timeloop-model)
 */
export function networksOf(report: Report): readonly Network[] {
  const { levels, compute } = report;
  return levels.map((level, l) => ({
    name: `${reportName(level)} <==> ${levels[l + 1] === undefined ? compute.name : reportName(levels[l + 1] as ReportLevel)}`,
    traffic: spacesOf(report.design).map(([name, space]) => trafficOf(report, l, name, space)),
  }));
}

function trafficOf(report: Report, l: number, name: string, space: DataSpace): Traffic {
  const { levels, evaluation } = report;
  const own = spatial(levels[l]);
  const product = (loops: readonly NamedLoop[]): number => loops.reduce((all, { bound }) => all * bound, 1);
  const isRelevant = ({ dim }: NamedLoop): boolean => relevantDims(report.design.named, space).includes(dim);
  const fanout = product(own);
  const multicast = product(own.filter((loop) => !isRelevant(loop)));
  const keeper = levels.findIndex((level, at) => at > l && level.kept.some((accesses) => accesses.space === space));
  const inner = keeper < 0 ? undefined : levels[keeper]?.kept.find((accesses) => accesses.space === space);
  const between = levels.slice(l, keeper < 0 ? undefined : keeper).flatMap(spatial);
  const ingresses = (inner?.fills ?? evaluation.computeCycles) * product(between.filter(isRelevant));
  const [f, m] = [Math.sqrt(fanout), Math.sqrt(multicast)];
  return {
    name,
    fanout,
    multicast,
    ingresses,
    spatialReductions: space === 'Outputs' ? ingresses * (multicast - 1) : 0,
    hops: f * m - f / m + (f - m) / 2 + 0.5,
  };
}

function spatial(level: ReportLevel | undefined): readonly NamedLoop[] {
  return (level?.loops ?? []).filter(({ kind }) => kind !== 'temporal');
}
