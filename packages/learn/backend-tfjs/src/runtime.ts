import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fail } from '@archon-dse/core';
import * as tf from '@tensorflow/tfjs-core';
import { registerWasmKernels } from './wasm-kernels.js';

export interface TfjsOptions {
  /**
   * `node` is TensorFlow through @tensorflow/tfjs-node, `wasm` WebAssembly, `cpu` plain JavaScript. Unless given, the first of them
   * that works.
   */
  readonly runtime?: 'node' | 'wasm' | 'cpu';
}

export interface LoadedRuntime {
  readonly description: string;
  /** Makes this runtime the one in use, which TensorFlow.js has one of; takes effect at once. */
  readonly activate: () => void;
}

interface RuntimeRow {
  readonly name: TfjsOptions['runtime'];
  readonly packageName: string;
  /** Its name inside TensorFlow.js. */
  readonly backend: string;
  readonly device: string;
  readonly load: () => Promise<unknown>;
}

/** Not a dependency: its install script downloads TensorFlow, and no installer shall fail or wait because of that. */
const NODE_PACKAGE: string = '@tensorflow/tfjs-node';
const WASM_PACKAGE = '@tensorflow/tfjs-backend-wasm';
const CPU_PACKAGE = '@tensorflow/tfjs-backend-cpu';

/** In the order they are tried. */
const RUNTIMES: readonly RuntimeRow[] = [
  {
    name: 'node',
    packageName: NODE_PACKAGE,
    backend: 'tensorflow',
    device: 'TensorFlow',
    load: () => import(NODE_PACKAGE),
  },
  { name: 'wasm', packageName: WASM_PACKAGE, backend: 'wasm', device: 'wasm, 1 thread', load: loadWasm },
  {
    name: 'cpu',
    packageName: CPU_PACKAGE,
    backend: 'cpu',
    device: 'plain JavaScript, 1 thread',
    load: () => import('@tensorflow/tfjs-backend-cpu'),
  },
];

/** Runtimes that have been started, or are being started, in this process. */
const started = new Map<string, Promise<void>>();

/**
 * Loads TensorFlow.js and one of its runtimes.
 *
 * @throws ArchonError ARCHON_PLUGIN_NOT_FOUND saying why none can be used
 */
export async function loadRuntime({ runtime }: TfjsOptions): Promise<LoadedRuntime> {
  const rows = RUNTIMES.filter(({ name }) => runtime === undefined || name === runtime);
  const problems: string[] = [];
  for (const row of rows) {
    try {
      await start(row);
      const description = `TensorFlow.js ${tf.version_core}, ${row.device}`;
      return { description, activate: () => activate(row.backend) };
    } catch (error) {
      const [reason = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
      problems.push(`${row.packageName}: ${reason}`);
    }
  }
  return fail({
    code: 'ARCHON_PLUGIN_NOT_FOUND',
    message: `TensorFlow.js cannot be used (${problems.join('; ')})`,
    expected: `one of: ${rows.map(({ packageName }) => packageName).join(', ')}`,
  });
}

function start(row: RuntimeRow): Promise<void> {
  const starting = started.get(row.backend) ?? begin(row);
  started.set(row.backend, starting);
  return starting;
}

async function begin({ backend, load }: RuntimeRow): Promise<void> {
  tf.enableProdMode(); // no advice on the console
  await load();
  const found = tf.findBackend(backend) as ReturnType<typeof tf.findBackend> | null;
  if (found === null) await tf.ready();
  activate(backend);
  const [product] = tf.tidy(() => tf.matMul([[1, 2]], [[3], [4]]).dataSync());
  if (product !== 11) throw new Error(`multiplies wrongly: 1 * 3 + 2 * 4 = ${product}`);
}

/** Does not wait: `setBackend` has an effect at once when the runtime has been started. */
function activate(backend: string): void {
  if (tf.getBackend() !== backend) void tf.setBackend(backend);
}

async function loadWasm(): Promise<void> {
  const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
  setWasmPaths(`${dirname(createRequire(import.meta.url).resolve(WASM_PACKAGE))}/`);
  registerWasmKernels();
}
