import { fail } from '@archon-dse/core';
import type { Architecture, MapspaceConstraints, Mapping, Problem } from '@archon-dse/loop-nest';
import { stringify } from 'yaml';
import type { TimeloopFile } from '../input/sections.js';
import { architectureData, ertData } from './architecture-data.js';
import { constraintTargets, mappingDirectives } from './directive-data.js';
import { problemData } from './problem-data.js';

/** A design of ours, with a mapping, a mapspace, both or neither. */
export interface Design {
  readonly problem: Problem;
  readonly architecture: Architecture;
  readonly mapping?: Mapping;
  readonly constraints?: MapspaceConstraints;
}

/**
 * A design as Timeloop reads it, in grammar v0.3: `arch.yaml`, `ERT.yaml`, `prob.yaml`, and `map.yaml` and `constraints.yaml` where there is
 * something to say. Read back with this package it is the same design.
 *
 * @throws ArchonError ARCHON_TIMELOOP_UNSUPPORTED for what Timeloop has no words for: words packed by data space, two spatial loops of a
 *   dimension at one level of which one is fixed
 */
export function exportDesign({ problem, architecture, mapping, constraints }: Design): readonly TimeloopFile[] {
  const packed = architecture.levels.find(({ packing }) => packing !== undefined);
  if (packed !== undefined || architecture.completePacking !== undefined) {
    const where = packed?.name ?? architecture.levels[0]?.name ?? '';
    fail({
      code: 'ARCHON_TIMELOOP_UNSUPPORTED',
      message: `${where} packs words by data space`,
      expected: 'words of one width a level',
    });
  }
  const file = (name: string, data: unknown): TimeloopFile => ({ name, text: stringify(data, { lineWidth: 0 }) });
  return [
    file('arch.yaml', { architecture: architectureData(architecture) }),
    file('ERT.yaml', { ERT: ertData(architecture) }),
    file('prob.yaml', { problem: problemData(problem) }),
    ...(mapping === undefined ? [] : [file('map.yaml', { mapping: mappingDirectives(architecture, mapping) })]),
    ...(constraints === undefined
      ? []
      : [
          file('constraints.yaml', { mapspace_constraints: { targets: constraintTargets(architecture, constraints) } }),
        ]),
  ];
}
