import {
  type AcceleratorRun,
  type LayerCache,
  type LayerRun,
  type Options,
  type PriceComponents,
  type Workload,
} from '@archon-dse/core';
import { diagnosticsOf } from '../../../test/diagnostics.js';
import { archon } from './archon.js';

/** One price for every action of every component, so that only counts and cycles vary. */
const ACTIONS = ['access', 'compute', 'add', 'op', 'read', 'write', 'readOneBank', 'writeOneBank'];
const ONE = { value: 1, source: 'test' };
export const price: PriceComponents = (components) => ({
  ert: Object.fromEntries(
    components.map(({ name }) => [name, Object.fromEntries(ACTIONS.map((action) => [action, ONE]))]),
  ),
  art: Object.fromEntries(components.map(({ name }) => [name, ONE])),
});

const noCache: LayerCache = { get: () => undefined, set: () => undefined };

export function run(workloads: readonly Workload[], changes: Options = {}): AcceleratorRun {
  const accelerator = archon.create(changes);
  return accelerator.run({
    workloads,
    prices: price(accelerator.components()),
    cache: noCache,
    seed: 0,
  }) as AcceleratorRun;
}

interface Shape {
  readonly inChannels: number;
  readonly mid: number;
  readonly out: number;
  readonly kernel: number;
  /** Of the output. */
  readonly plane: number;
  readonly stride: number;
  readonly groups: number;
  readonly mixes: boolean;
  readonly depthwiseLast: boolean;
}

const SMALL: Shape = {
  inChannels: 8,
  mid: 16,
  out: 8,
  kernel: 3,
  plane: 8,
  stride: 1,
  groups: 1,
  mixes: false,
  depthwiseLast: false,
};

/** The three layers of a bottleneck; channels are multiplied by the groups. */
export function bottleneck(changes: Partial<Shape> = {}, block = 'b1'): readonly [Workload, Workload, Workload] {
  const { inChannels, mid, out, kernel, plane, stride, groups, mixes, depthwiseLast } = { ...SMALL, ...changes };
  const fusedGroups = mixes ? 1 : groups;
  const layer = (role: 'expand' | 'depthwise' | 'project', C: number, M: number, P: number): Workload => {
    const isDepthwise = role === 'depthwise';
    const [R, step] = isDepthwise ? [kernel, stride] : [1, 1];
    const repeats = isDepthwise ? M * groups : groups;
    const channels = isDepthwise ? { C: 1, M: 1 } : { C, M };
    const problem = { ...channels, R, S: R, P, Q: P, N: 1, strideP: step, strideQ: step };
    const macs = channels.C * channels.M * R * R * P * P * repeats;
    const op = isDepthwise ? 'depthwise' : 'conv';
    return {
      name: `${block}.${role}`,
      block,
      role,
      op,
      problem,
      groups: repeats,
      macs,
      facts: { 'archon/fusedGroups': fusedGroups },
    };
  };
  const expand = layer('expand', inChannels, mid, plane * stride);
  return depthwiseLast
    ? [expand, layer('project', mid, out, plane * stride), layer('depthwise', 1, out, plane)]
    : [expand, layer('depthwise', 1, mid, plane), layer('project', mid, out, plane)];
}

export function withoutFacts(layer: Workload): Workload {
  const copy: { -readonly [K in keyof Workload]: Workload[K] } = { ...layer };
  delete copy.facts;
  return copy;
}

export const phaseOf = ({ layers }: AcceleratorRun, phase: string): LayerRun =>
  layers.find((layer) => layer.phase === phase)!;
export const countOf = ({ actions }: LayerRun, component: string, dataSpace?: string): number =>
  actions
    .filter((action) => action.component === component && (dataSpace === undefined || action.dataSpace === dataSpace))
    .reduce((sum, { count }) => sum + count, 0);

export const diagnosticOf = (action: () => unknown) => diagnosticsOf(action)[0]!;
