import type { FusedBlock } from '@archon-dse/archon-model';
import type { Workload } from '@archon-dse/core';
import { FUSED_GROUPS } from '@archon-dse/workload';
import { keptWeights } from './kept-weights.js';
import type { ArchonOptions } from './options.js';

type Trio = readonly [expand: Workload, second: Workload, third: Workload];

/** A part of the network: three layers at once, or one by itself and why. */
export type Step =
  | { readonly kind: 'block'; readonly block: FusedBlock; readonly layers: Trio }
  | { readonly kind: 'layer'; readonly layer: Workload; readonly reason: string };

export function fusedBlocks(steps: readonly Step[]): readonly FusedBlock[] {
  return steps.flatMap((step) => (step.kind === 'block' ? [step.block] : []));
}

/** Plans of the network that was asked for last, by the options that matter: a sweep goes through one network after the other. */
let last = { workloads: [] as readonly Workload[], plans: new Map<string, readonly Step[]>() };

/**
 * Cuts a network into blocks that are fused and layers that are not, in order. Points that differ in the hardware only share their plan,
 * which takes as long as a tenth of a point whose layers are cached.
 */
export function planNetwork(workloads: readonly Workload[], options: ArchonOptions): readonly Step[] {
  const { unfused, activationBits, pointwiseDensity, depthwiseDensity, method, rules } = options;
  const key = JSON.stringify([unfused, activationBits, pointwiseDensity, depthwiseDensity, method, rules]);
  if (last.workloads !== workloads) last = { workloads, plans: new Map() };
  const plan = last.plans.get(key) ?? cutNetwork(workloads, options);
  last.plans.set(key, plan);
  return plan;
}

function cutNetwork(workloads: readonly Workload[], options: ArchonOptions): readonly Step[] {
  const densityOf = keptWeights(workloads, options);
  const steps: Step[] = [];
  for (let index = 0; index < workloads.length;) {
    const [first, second, third] = [workloads[index], workloads[index + 1], workloads[index + 2]];
    if (first === undefined) break;
    const block = second && third ? fuse([first, second, third], options) : OUTSIDE;
    if (typeof block === 'string' || second === undefined || third === undefined) {
      steps.push({ kind: 'layer', layer: first, reason: reasonOf(first, block, steps.at(-1)) });
      index += 1;
      continue;
    }
    const layers = [first, second, third] as const;
    steps.push({ kind: 'block', layers, block: { ...block, kept: densityOf(block, layers) } });
    index += 3;
  }
  return steps;
}

const OUTSIDE = 'not part of a bottleneck that can be fused';

/** The other layers of a bottleneck that is not fused have the reason of its first one. */
function reasonOf({ block, role }: Workload, found: unknown, before: Step | undefined): string {
  const follows = before?.kind === 'layer' && before.layer.block === block && TRIO_ROLES.includes(role);
  return follows ? before.reason : String(found);
}

const TRIO_ROLES: readonly string[] = ['depthwise', 'project'];
const ORDERS: Readonly<Record<string, FusedBlock['order']>> = {
  'expand depthwise project': 'pw-dw-pw',
  'expand project depthwise': 'pw-pw-dw',
};

/** Three layers in a row as a block, or why they are none. */
function fuse(trio: Trio, { unfused, activationBits }: ArchonOptions): Omit<FusedBlock, 'kept'> | string {
  const [first, second, third] = trio;
  if (first.role !== 'expand') return OUTSIDE;
  if (unfused.includes(first.block)) return `block ${first.block} is listed under unfused`;
  const order = ORDERS[`${first.role} ${second.role} ${third.role}`];
  const isOneBlock = trio.every(({ block, facts }) => block === first.block && facts?.[FUSED_GROUPS] !== undefined);
  if (order === undefined || !isOneBlock) return unfusable(trio);
  const [depthwise, project] = order === 'pw-dw-pw' ? [second, third] : [third, second];
  const shape = shapeProblem(first, depthwise, project);
  if (shape !== undefined) return shape;
  return {
    name: first.block,
    inChannels: first.problem.C * first.groups,
    midChannels: first.problem.M * first.groups,
    outChannels: project.problem.M * project.groups,
    kernel: depthwise.problem.R,
    stride: depthwise.problem.strideP,
    groups: first.groups,
    mixesGroups: first.facts?.[FUSED_GROUPS] !== first.groups,
    inputWidth: first.problem.P,
    outputWidth: depthwise.problem.P,
    order,
    activationBits,
  };
}

/** What keeps a block from being fused; of padding, and of what lies between layers, workloads do not tell. */
function unfusable(trio: Trio): string {
  const block = trio.filter(({ block }) => block === trio[0].block);
  const isDilated = block.some(({ problem: { dilationR = 1, dilationS = 1 } }) => dilationR * dilationS > 1);
  if (isDilated) return 'its kernels are dilated';
  const isMultiplied = block.some(({ op, problem }) => op === 'depthwise' && problem.M > 1);
  if (isMultiplied) return 'its depthwise layer has several filters a channel';
  return 'its block is not a bottleneck of "same" padding with nothing but BatchNorm, ReLU and shuffles between its layers';
}

function shapeProblem(expand: Workload, depthwise: Workload, project: Workload): string | undefined {
  const isPointwise = [expand, project].every(
    ({ op, problem: { R, S, strideP, strideQ } }) => op === 'conv' && R * S * strideP * strideQ === 1,
  );
  if (!isPointwise) return 'its expanding and projecting layers are not 1x1 convolutions of stride 1';
  if (expand.groups !== project.groups) {
    return `its pointwise layers have ${expand.groups} and ${project.groups} groups`;
  }
  const { R, S, strideP, strideQ } = depthwise.problem;
  const isSquare = R === S && strideP === strideQ && [expand, depthwise].every(({ problem: { P, Q } }) => P === Q);
  return isSquare ? undefined : 'its planes, kernel or strides are not square';
}
