import {
  fail,
  type Accelerator,
  type AcceleratorInput,
  type AcceleratorRun,
  type Component,
  type LayerExplanation,
  type Options,
  type Registered,
  type Support,
  type Workload,
} from '@archon-dse/core';
import type { Platform } from '../platform.js';
import type { Border } from './border.js';
import { bound } from './bound.js';
import { copyComponents } from './copy-components.js';
import { copyExplanations } from './copy-explanations.js';
import { copyRun } from './copy-run.js';
import { copySupport } from './copy-support.js';

/** An accelerator of a plugin behind the border: each call names the plugin where it fails, and answers with plain data. */
export interface GuardedAccelerator {
  /** Inside a task. */
  components(): readonly Component[];
  /** Inside a task. */
  supports(workload: Workload): Support;
  /** Absent where the accelerator has none. */
  readonly check?: (workloads: readonly Workload[]) => Promise<void>;
  /** Values of the result are not checked. */
  run(input: AcceleratorInput): Promise<AcceleratorRun>;
  /** Absent where the accelerator has none. */
  readonly explain?: (input: AcceleratorInput) => Promise<readonly LayerExplanation[]>;
}

/**
 * The accelerator that a contribution makes of the options of a point. Its functions are read once, so that those that are looked at are
 * those that are called. Inside a task.
 *
 * @throws ArchonError what its plugin throws, here and in each call; ARCHON_RESULT_INVALID when it is no object or lacks a function, or a
 *   call returns something else than it has to
 */
export function createAccelerator(
  border: Border,
  { id, plugin, contribution }: Registered<'accelerator'>,
  options: Options,
): GuardedAccelerator {
  const culprit = { plugin: plugin.name, contribution: id };
  const show = (value: unknown): string => border.show(value);
  const { components, supports, run, check, explain } = border.blameSync(culprit, 'reading its options', () =>
    functionsOf(contribution.create(options), show),
  );
  return {
    components: () => border.blameSync(culprit, 'listing its components', () => copyComponents(components())),
    supports: (workload) =>
      border.blameSync({ ...culprit, layer: workload.name }, 'asking what it supports', () =>
        copySupport(supports(workload), id, show),
      ),
    run: (input) => border.blame(culprit, 'running the network', () => copyWhenThere(run(input))),
    ...(check === undefined
      ? {}
      : {
          check: (workloads: readonly Workload[]) =>
            border.blame(culprit, 'checking its options', async () => {
              const answer: unknown = check(workloads); // plain JavaScript may answer with a promise
              await answer;
            }),
        }),
    ...(explain === undefined
      ? {}
      : {
          explain: (input: AcceleratorInput) =>
            border.blame(culprit, 'explaining its layers', async () => copyExplanations(await explain(input), show)),
        }),
  };
}

/** Most runs are there at once, and waiting takes time too. What has a `then` is waited for, whatever it is. */
function copyWhenThere(returned: unknown): AcceleratorRun | Promise<AcceleratorRun> {
  const isObject = typeof returned === 'object' && returned !== null;
  const later = isObject && typeof (returned as { readonly then?: unknown }).then === 'function';
  return later ? Promise.resolve(returned as AcceleratorRun).then(copyRun) : copyRun(returned as AcceleratorRun);
}

const OPTIONAL: ReadonlySet<string> = new Set(['check', 'explain']);

function functionsOf(created: unknown, show: Platform['show']): Accelerator {
  if (typeof created !== 'object' || created === null) complain(`is ${show(created)}`, 'an object of functions');
  const { components, supports, run, check, explain } = created as Readonly<Record<string, unknown>>;
  for (const [name, member] of Object.entries({ components, supports, run, check, explain })) {
    if (typeof member === 'function' || (OPTIONAL.has(name) && member === undefined)) continue;
    complain(`has ${show(member)} for its function ${name}`, 'a function');
  }
  return {
    components: bound(components, created) as Accelerator['components'],
    supports: bound(supports, created) as Accelerator['supports'],
    run: bound(run, created) as Accelerator['run'],
    ...(check === undefined ? {} : { check: bound(check, created) }),
    ...(explain === undefined ? {} : { explain: bound(explain, created) as NonNullable<Accelerator['explain']> }),
  };
}

function complain(found: string, expected: string): never {
  return fail({ code: 'ARCHON_RESULT_INVALID', message: `the accelerator ${found}`, expected });
}
