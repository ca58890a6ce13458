import type { Registry, Sweep } from '@archon-dse/core';
import { readCandidate } from './candidates.js';
import { readGroupBy } from './group-by.js';
import { HEAD_KEYS, readDocument, readHead } from './head.js';
import { metricsOf } from './metrics.js';
import type { Node } from './nodes.js';
import { readConstraints, readObjectives } from './objectives.js';
import type { Problems } from './problems.js';
import { readReferences } from './references.js';
import { readFields, readInteger, readItems, readNumber, readOneOf, readSomeItems, reportValue } from './readers.js';

const SWEEP_KEYS = {
  required: [...HEAD_KEYS.required, 'networks', 'accelerators', 'objectives'],
  optional: [...HEAD_KEYS.optional, 'stages', 'constraints', 'groupBy', 'references', 'executor'],
} as const;
const EXECUTOR_KEYS = { required: ['kind'], optional: ['workers', 'timeoutS'] } as const;
const EXECUTORS = ['workerpool', 'serial'] as const;
const DEFAULT_EXECUTOR = { kind: 'workerpool' } as const;

/** The most workers of an executor. */
export const MOST_WORKERS = 1024;
/** The longest limit of a point, in seconds: timers cannot wait longer than 24 days. */
export const MOST_TIMEOUT_S = 1_000_000;

/**
 * Reads a sweep: ids resolved, defaults filled in, ranges expanded. An option is in `options` or in `axes`, never in both.
 *
 * @param file - name for the locations
 * @throws ArchonError with everything wrong with the text, by line, at most 20 diagnostics
 */
export function parseSweep(text: string, file: string, registry: Registry): Sweep {
  const { root, problems } = readDocument(text, file, 'sweep');
  const fields = readFields(root, SWEEP_KEYS, problems);
  const [networks, stages, accelerators] = (
    [
      ['network', readSomeItems(fields.networks, problems)],
      ['stage', readItems(fields.stages, problems)],
      ['accelerator', readSomeItems(fields.accelerators, problems)],
    ] as const
  ).map(([kind, items]) => items.map((item) => readCandidate(item, kind, registry, problems)));
  const candidates = { networks: networks ?? [], stages: stages ?? [], accelerators: accelerators ?? [] };
  const metrics = metricsOf(candidates.stages, registry);
  const sweep: Sweep = {
    ...readHead(fields, problems),
    networks: candidates.networks.map(({ candidate }) => candidate),
    stages: candidates.stages.map(({ candidate }) => candidate),
    accelerators: candidates.accelerators.map(({ candidate }) => candidate),
    objectives: readObjectives(fields.objectives, metrics, problems),
    constraints: readConstraints(fields.constraints, metrics, problems),
    ...(fields.groupBy ? { groupBy: readGroupBy(fields.groupBy, candidates, problems) } : {}),
    ...(fields.references ? { references: readReferences(fields.references, metrics, problems) } : {}),
    executor: fields.executor ? readExecutor(fields.executor, problems) : DEFAULT_EXECUTOR,
  };
  problems.throwIfAny();
  return sweep;
}

function readExecutor(node: Node, problems: Problems): Sweep['executor'] {
  const fields = readFields(node, EXECUTOR_KEYS, problems);
  const kind = fields.kind ? readOneOf(fields.kind, EXECUTORS, problems) : EXECUTORS[0];
  if (kind === 'serial' && fields.workers) reportValue(fields.workers, 'no workers with kind: serial', problems);
  if (kind === 'serial' && fields.timeoutS) {
    reportValue(
      fields.timeoutS,
      'no limit with kind: serial, which cannot interrupt a point; use workerpool',
      problems,
    );
  }
  return {
    kind,
    ...(fields.workers ? { workers: readInteger(fields.workers, 1, MOST_WORKERS, problems) } : {}),
    ...(fields.timeoutS ? { timeoutS: readTimeout(fields.timeoutS, problems) } : {}),
  };
}

function readTimeout(node: Node, problems: Problems): number {
  const seconds = readNumber(node, problems) ?? MOST_TIMEOUT_S;
  if (seconds > 0 && seconds <= MOST_TIMEOUT_S) return seconds;
  reportValue(node, `more than 0 and at most ${String(MOST_TIMEOUT_S)} seconds`, problems);
  return MOST_TIMEOUT_S;
}
