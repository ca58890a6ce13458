import { fail, isMetricName, METRIC_NAME, quote, type Registered } from '@archon-dse/core';
import type { Platform } from './platform.js';

type Metrics = Readonly<Record<string, number>>;

/**
 * Refuses a metric that is no number or has no name of one, and one that is reported without being declared. A stage that declares nothing may report anything, an
 * accelerator that declares nothing none.
 *
 * @param before - metrics that were there before, which anybody may pass on
 * @throws ArchonError ARCHON_RESULT_INVALID with path `metrics.NAME`
 */
export function checkReported(
  metrics: Metrics,
  before: Metrics,
  { id, kind, contribution: { meta } }: Registered<'stage'> | Registered<'accelerator'>,
  { show }: Pick<Platform, 'show'>,
): void {
  const declared = meta.metrics ?? (kind === 'stage' ? undefined : {});
  for (const [metric, value] of Object.entries(metrics)) {
    if (!isMetricName(metric)) {
      fail({
        code: 'ARCHON_RESULT_INVALID',
        message: `${id} reports a metric by the name ${quote(metric)}`,
        expected: `a name like accuracy, ${METRIC_NAME}`,
        path: 'metrics',
      });
    }
    if (declared !== undefined && !Object.hasOwn(declared, metric) && !Object.hasOwn(before, metric)) {
      fail({
        code: 'ARCHON_RESULT_INVALID',
        message: `${id} reports the metric "${metric}", which it does not declare`,
        expected: `one of those under its meta.metrics: ${Object.keys(declared).join(', ') || 'none'}`,
        path: `metrics.${metric}`,
      });
    }
    if (Number.isFinite(value)) continue;
    fail({
      code: 'ARCHON_RESULT_INVALID',
      message: `metric "${metric}" of ${id} is ${show(value)}`,
      expected: 'a finite number',
      path: `metrics.${metric}`,
    });
  }
}

/**
 * The metrics of a point from those the engine adds up, those its stages measured and those its accelerator did. No name may come twice;
 * overflows and missing area prices show only in the sums.
 *
 * @throws ArchonError ARCHON_RESULT_INVALID with path `metrics.NAME`
 */
export function mergeMetrics(ofEngine: Metrics, ofStages: Metrics, ofAccelerator: Metrics): Metrics {
  for (const [name, value] of Object.entries(ofEngine)) {
    if (Object.hasOwn(ofStages, name))
      refuse(name, 'is also reported by a stage', 'stages to report metrics of other names');
    if (!Number.isFinite(value) || value < 0) refuse(name, `is ${String(value)}`, 'a finite number >= 0');
  }
  for (const name of Object.keys(ofAccelerator)) {
    const others = [
      ...(Object.hasOwn(ofEngine, name) ? ['the engine'] : []),
      ...(Object.hasOwn(ofStages, name) ? ['a stage'] : []),
    ];
    if (others.length > 0)
      refuse(
        name,
        `of the accelerator is also one of ${others.join(' and ')}`,
        'accelerators to report metrics of other names',
      );
  }
  return { ...ofStages, ...ofAccelerator, ...ofEngine };
}

function refuse(metric: string, found: string, expected: string): never {
  return fail({
    code: 'ARCHON_RESULT_INVALID',
    message: `metric "${metric}" ${found}`,
    expected,
    path: `metrics.${metric}`,
  });
}
