import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type {
  Accelerator,
  AcceleratorContribution,
  ComponentContribution,
  ContributionKind,
  NetworkContribution,
  StageContribution,
  Strategy,
  StrategyContribution,
} from '@archon-dse/core';

/** A plugin package of the corpus, as text. */
export interface PluginFiles {
  readonly name: string;
  /** Text of package.json; a valid manifest unless given. */
  readonly manifest?: string;
  /** Text of index.js. */
  readonly entry: string;
  readonly others?: Readonly<Record<string, string>>;
}

const PROVIDES = ['network:net', 'stage:st', 'accelerator:acc', 'component:cell', 'strategy:search'];

/** The manifest of a plugin, with changes. */
export function manifestOf(name: string, changes: object = {}, archonDse: object = {}): string {
  const valid = { apiVersion: 2, entry: './index.js', provides: PROVIDES, ...archonDse };
  return JSON.stringify({ name, version: '1.0.0', type: 'module', archonDse: valid, ...changes });
}

/** Writes a package into `folder/NAME`. */
export function writePlugin(folder: string, { name, manifest, entry, others = {} }: PluginFiles): void {
  const root = join(folder, name);
  mkdirSync(root, { recursive: true });
  writeFileSync(join(root, 'package.json'), manifest ?? manifestOf(name));
  for (const [file, text] of Object.entries({ 'index.js': entry, ...others })) writeFileSync(join(root, file), text);
}

/** Names of the functions among the members of `T`. */
type FunctionsOf<T> = {
  [K in keyof T & string]-?: NonNullable<T[K]> extends (...given: never[]) => unknown ? K : never;
}[keyof T & string];

/** Every function of a plugin that the host calls, as `kind.function`. */
export type Hook =
  | `network.${FunctionsOf<NetworkContribution>}`
  | `stage.${FunctionsOf<StageContribution>}`
  | `accelerator.${FunctionsOf<AcceleratorContribution> | FunctionsOf<Accelerator>}`
  | `component.${FunctionsOf<ComponentContribution>}`
  | `strategy.${FunctionsOf<StrategyContribution> | FunctionsOf<Strategy>}`;

/** The hooks, each with what is being done when it is called. One that the contract has and this lacks does not compile. */
export const DOING: Readonly<Record<Hook, string>> = {
  'network.build': 'building the network',
  'stage.check': 'checking whether it can run',
  'stage.apply': 'applying the stage',
  'accelerator.create': 'reading its options',
  'accelerator.check': 'checking its options',
  'accelerator.components': 'listing its components',
  'accelerator.supports': 'asking what it supports',
  'accelerator.run': 'running the network',
  'accelerator.explain': 'explaining its layers',
  'component.price': 'pricing a component',
  'strategy.create': 'reading its options',
  'strategy.start': 'starting a search',
  'strategy.ask': 'choosing points',
  'strategy.tell': 'hearing of results',
};
/** The one that `archon explain` alone calls. */
export const EXPLAINING: Hook = 'accelerator.explain';
/** Those that evaluations call. */
export const HOOKS = (Object.keys(DOING) as readonly Hook[]).filter((hook) => hook !== EXPLAINING);

export const kindOf = (hook: Hook): ContributionKind => hook.split('.')[0] as ContributionKind;

/**
 * A sound plugin: a network of two layers, a stage that does nothing, a class of cells, an accelerator of one MAC and one cell, of its
 * own class unless the option `cell` names another, and a strategy that asks for all points one by one. In the call `hook` it first does `body`, with its arguments in `given`; what that
 * returns as `{ value }` is returned instead of the sound result. `extra` is added at the end of the module.
 */
export function pluginText(name: string, hook: Hook | 'none' = 'none', body = '', extra = ''): string {
  return `
function misbehave(given) {
  ${body}
}
const on = (hook, sound) =>
  hook !== '${hook}' ? sound : (...given) => { const made = misbehave(given); return made ? made.value : sound(...given); };
const about = (name) => ({ name, title: 'T', description: 'D', source: 'S' });
const meta = (name, options = {}) => ({ ...about(name), options });
const conv = (name, inputs, block, role, kernel) =>
  ({ name, op: 'conv', inputs: [inputs], block, role, kernel, stride: 1, groups: 1, filters: 3, bias: false });
const graph = () => ({ id: '${name}/net', input: [4, 4, 2], classes: 3, layers: [
  { name: 'input', op: 'input', inputs: [], block: 'head', role: 'input' },
  conv('stem', 'input', 'head', 'stem', 3), conv('point', 'stem', 'tail', 'pointwise', 1)] });
const layer = ({ name, block, role, macs }) => ({ name, block, role, macs, cycles: macs, utilization: 1,
  actions: [{ component: 'mac', action: 'compute', count: macs }] });
const whole = (layers) => ({ cycles: layers.reduce((sum, { cycles }) => sum + cycles, 0), layers });
const mac = { name: 'mac', class: 'intmac', attributes: { dataBits: 8 }, instances: 1 };
const cell = { name: 'cell', class: 'cell', attributes: { levels: 2 }, instances: 1 };
const pointAt = ({ axes }, index) => {
  const places = [];
  for (const { values } of axes.toReversed()) { places.unshift(index % values.length); index = Math.floor(index / values.length); }
  return index > 0 ? [] : [places];
};
const row = { value: 1, source: 'S' };
const plugin = {
  meta: { name: '${name}', namespace: '${name}', version: '1.0.0', apiVersion: 2 },
  networks: [{ meta: meta('net'), build: on('network.build', graph) }],
  stages: [{
    meta: meta('st'),
    check: on('stage.check', () => undefined),
    apply: on('stage.apply', (state) => state),
  }],
  accelerators: [{
    meta: meta('acc', { cell: { type: 'string', description: 'Class of the cell.', default: '${name}/cell' } }),
    create: on('accelerator.create', (options) => ({
      check: on('accelerator.check', () => undefined),
      components: on('accelerator.components', () => [mac, { ...cell, class: options.cell }]),
      supports: on('accelerator.supports', () => ({ ok: true })),
      run: on('accelerator.run', ({ workloads }) => whole(workloads.map(layer))),
      explain: on('accelerator.explain', ({ workloads }) => workloads.map(({ name }) => ({ name }))),
    })),
  }],
  components: [{
    meta: { ...about('cell'), attributes: { levels: { type: 'integer', description: 'Levels.' } }, actions: { touch: 'touch it' } },
    price: on('component.price', ({ levels }) => ({ energyPj: { touch: row }, areaUm2: { ...row, value: levels } })),
  }],
  strategies: [{
    meta: meta('search'),
    create: on('strategy.create', (options, { space }) => ({
      start: on('strategy.start', () => ({ next: 0 })),
      ask: on('strategy.ask', ({ next }) => pointAt(space, next)),
      tell: on('strategy.tell', ({ next }, results) => ({ next: next + results.length })),
    })),
  }],
};
${extra}
export default plugin;
`;
}
