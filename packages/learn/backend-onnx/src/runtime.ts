import { fail } from '@archon-dse/core';
import type { Env, InferenceSession, InferenceSessionFactory, TensorConstructor } from 'onnxruntime-common';

export interface OnnxOptions {
  /** `native` is onnxruntime-node, `web` its WebAssembly build. Unless given: native, or web where there is no native one. */
  readonly runtime?: 'native' | 'web';
  /** Execution providers in order of preference, e.g. `['cuda', 'cpu']` or `['webgpu']`; `['cpu']` unless given. */
  readonly executionProviders?: readonly string[];
  /** Threads of one operator; 1 unless given, as a sweep runs its points beside each other. */
  readonly intraOpNumThreads?: number;
}

/** ONNX Runtime, as both of its packages offer it. */
interface Runtime {
  readonly InferenceSession: InferenceSessionFactory;
  readonly Tensor: TensorConstructor;
  readonly env: Env;
}

export interface LoadedRuntime {
  readonly runtime: Runtime;
  readonly session: InferenceSession.SessionOptions;
  readonly description: string;
  /** Nothing but the processor and native code, whose own operators may be used. */
  readonly isNativeCpu: boolean;
}

const PACKAGES = { native: 'onnxruntime-node', web: 'onnxruntime-web' } as const;

/**
 * Loads ONNX Runtime.
 *
 * @throws ArchonError ARCHON_PLUGIN_NOT_FOUND when no package of it can be loaded
 */
export async function loadRuntime(options: OnnxOptions): Promise<LoadedRuntime> {
  const { executionProviders = ['cpu'], intraOpNumThreads = 1 } = options;
  const { name, runtime } = await importRuntime(options.runtime === undefined ? ['native', 'web'] : [options.runtime]);
  if (name === 'web') runtime.env.wasm.numThreads = intraOpNumThreads;
  const providers = executionProviders.map((provider) => (name === 'web' && provider === 'cpu' ? 'wasm' : provider));
  const { versions } = runtime.env;
  const version = (name === 'native' ? versions.node : versions.web) ?? versions.common;
  return {
    runtime,
    session: {
      executionProviders: providers,
      intraOpNumThreads,
      interOpNumThreads: 1,
      // A pattern is one block for all values of a run, set aside besides what the first run left behind: twice the memory, no faster.
      enableMemPattern: false,
      logSeverityLevel: 3,
      extra: { session: { intra_op: { allow_spinning: '0' } } },
    },
    isNativeCpu: name === 'native' && providers.join() === 'cpu',
    description: `${PACKAGES[name]} ${version}, ${providers.join(' then ')}, ${intraOpNumThreads} ${intraOpNumThreads === 1 ? 'thread' : 'threads'}`,
  };
}

async function importRuntime(
  names: readonly (keyof typeof PACKAGES)[],
): Promise<{ name: keyof typeof PACKAGES; runtime: Runtime }> {
  const reasons: string[] = [];
  for (const name of names) {
    try {
      const loaded = (await import(PACKAGES[name])) as Runtime & { readonly default?: Runtime };
      return { name, runtime: loaded.default ?? loaded };
    } catch (error) {
      reasons.push(`${PACKAGES[name]}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return fail({
    code: 'ARCHON_PLUGIN_NOT_FOUND',
    message: `ONNX Runtime cannot be loaded (${reasons.join('; ')})`,
    expected: `one of: ${names.map((name) => PACKAGES[name]).join(', ')}`,
  });
}
