import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A plugin package of the corpus, as text. */
export interface PluginFiles {
  readonly name: string;
  /** Text of package.json; a valid manifest unless given. */
  readonly manifest?: string;
  /** Text of index.js. */
  readonly entry: string;
  readonly others?: Readonly<Record<string, string>>;
}

const PROVIDES = ['network:net', 'stage:st', 'accelerator:acc'];

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

/** Calls of the contract, by the kind of contribution they belong to. */
export const HOOKS = {
  build: 'network',
  apply: 'stage',
  create: 'accelerator',
  check: 'accelerator',
  components: 'accelerator',
  supports: 'accelerator',
  run: 'accelerator',
} as const;
export type Hook = keyof typeof HOOKS;

/**
 * A sound plugin: a network of two layers, a stage that does nothing, an accelerator of one MAC. In the call `hook` it first does
 * `body`, with its arguments in `given`; what that returns as `{ value }` is returned instead of the sound result. `extra` is added at the
 * end of the module.
 */
export function pluginText(name: string, hook: Hook | 'none' = 'none', body = '', extra = ''): string {
  return `
function misbehave(given) {
  ${body}
}
const on = (hook, sound) =>
  hook !== '${hook}' ? sound : (...given) => { const made = misbehave(given); return made ? made.value : sound(...given); };
const meta = (name, options = {}) => ({ name, title: 'T', description: 'D', source: 'S', options });
const conv = (name, inputs, block, role, kernel) =>
  ({ name, op: 'conv', inputs: [inputs], block, role, kernel, stride: 1, groups: 1, filters: 3, bias: false });
const graph = () => ({ id: '${name}/net', input: [4, 4, 2], classes: 3, layers: [
  { name: 'input', op: 'input', inputs: [], block: 'head', role: 'input' },
  conv('stem', 'input', 'head', 'stem', 3), conv('point', 'stem', 'tail', 'pointwise', 1)] });
const layer = ({ name, block, role, macs }) => ({ name, block, role, macs, cycles: macs, utilization: 1,
  actions: [{ component: 'mac', action: 'compute', count: macs }] });
const whole = (layers) => ({ cycles: layers.reduce((sum, { cycles }) => sum + cycles, 0), layers });
const plugin = {
  meta: { name: '${name}', namespace: '${name}', version: '1.0.0', apiVersion: 2 },
  networks: [{ meta: meta('net'), build: on('build', graph) }],
  stages: [{ meta: meta('st'), apply: on('apply', (state) => state) }],
  accelerators: [{
    meta: meta('acc'),
    create: on('create', () => ({
      check: on('check', () => undefined),
      components: on('components', () => [{ name: 'mac', class: 'intmac', attributes: { dataBits: 8 }, instances: 1 }]),
      supports: on('supports', () => ({ ok: true })),
      run: on('run', ({ workloads }) => whole(workloads.map(layer))),
    })),
  }],
};
${extra}
export default plugin;
`;
}
