import type { Objective } from '@archon-dse/loop-nest';
import { hintOf } from '@archon-dse/core';
import type { Field } from '../input/field.js';
import type { Notes } from '../input/notes.js';

const OBJECTIVES: Readonly<Record<string, Objective>> = {
  delay: 'cycles-then-energy',
  'delay,energy': 'cycles-then-energy',
  energy: 'energy-then-cycles',
  'energy,delay': 'energy-then-cycles',
  edp: 'edp',
};
const METRICS = ['delay', 'energy', 'edp'];
const READ = ['version', 'optimization_metric', 'optimization_metrics'];

/** Settings that steer or watch a random search; ours is exhaustive and proves its result. */
const STEERING = [
  'algorithm',
  'timeout',
  'victory_condition',
  'num_threads',
  'search_size',
  'max_permutations_per_if_visit',
  'penalize_consecutive_bypass_fails',
  'filter_revisits',
  'sync_interval',
  'live_status',
  'heartbeat',
  'diagnostics',
  'log_interval',
  'log_stats',
  'log_suboptimal',
  'log_all',
  'log_all_mappings',
  'log_mappings_yaml',
  'log_mappings_verbose',
  'log_orojenesis_mappings',
  'log_oaves',
  'log_oaves_mappings',
  'emit_whoop_nest',
  'out_prefix',
  'verbose',
];
const REFUSED: Readonly<Record<string, string>> = {
  max_temporal_loops_in_a_mapping: 'a limit on the loops of a mapping is not part of our mapspace',
  environment_variables: 'settings of the environment have no meaning here',
  template: 'our mapspaces have no templates',
};

/**
 * What `mapper:` asks to minimise; Timeloop's default, the energy-delay product, where it does not say.
 *
 * @throws ArchonError ARCHON_TIMELOOP_INVALID, ARCHON_TIMELOOP_UNKNOWN_KEY, ARCHON_TIMELOOP_UNSUPPORTED
 */
export function readMapperSettings(field: Field | undefined, notes: Notes): Objective {
  if (field === undefined) return 'edp';
  for (const [key, value] of field.entries())
    if (Object.hasOwn(REFUSED, key) && !value.isEmpty && value.scalar !== -1)
      value.refuse(`${key}: ${REFUSED[key] ?? ''}`);
  field.only([...READ, ...STEERING, ...Object.keys(REFUSED)]);
  const idle = field.entries().flatMap(([key, value]) => (STEERING.includes(key) && !value.isEmpty ? [key] : []));
  if (idle.length > 0)
    notes.add(`no effect of ${idle.join(', ')}: the search is exhaustive and proves its result`, field.location);
  const metrics = ['optimization_metrics', 'optimization_metric']
    .map((key) => field.get(key))
    .find((given) => given?.isEmpty === false);
  if (metrics === undefined) return 'edp';
  const names = (metrics.isList ? metrics.items() : [metrics]).map((item) => {
    const name = item.text();
    return METRICS.includes(name)
      ? name
      : item.refuse(
          `the metric ${name} is not one that our mapper minimises`,
          hintOf(name, METRICS).hint ?? `It minimises ${METRICS.join(', ')}.`,
        );
  });
  const asked = names.join(',');
  return (
    (Object.hasOwn(OBJECTIVES, asked) ? OBJECTIVES[asked] : undefined) ??
    metrics.refuse(
      `our mapper has no objective ${asked}`,
      'It minimises delay, then energy; energy, then delay; or edp.',
    )
  );
}
