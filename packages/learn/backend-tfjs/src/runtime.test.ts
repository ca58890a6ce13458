import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeEach, describe, expect, it, vi } from 'vitest';

describe('loadRuntime', () => {
  beforeEach(() => void vi.resetModules());

  it('takes wasm where @tensorflow/tfjs-node is missing or breaks', async () => {
    vi.doMock('@tensorflow/tfjs-node', () => {
      throw new Error('The Node.js native addon module can not be found\nat ...');
    });
    const { loadRuntime } = await import('./runtime.js');
    expect((await loadRuntime({})).description).toMatch(/^TensorFlow.js 4.22.0, wasm/);
    const diagnostic = { code: 'ARCHON_PLUGIN_NOT_FOUND', expected: 'one of: @tensorflow/tfjs-node' };
    await expect(loadRuntime({ runtime: 'node' })).rejects.toMatchObject({ diagnostics: [diagnostic] });
  });

  it('takes it where it works', async () => {
    vi.doMock('@tensorflow/tfjs-node', () => {
      tf.registerBackend('tensorflow', () => new MathBackendCPU());
      tf.copyRegisteredKernels('cpu', 'tensorflow');
      return {};
    });
    const { loadRuntime } = await import('./runtime.js');
    const { description, activate } = await loadRuntime({});
    expect(description).toBe('TensorFlow.js 4.22.0, TensorFlow');
    activate();
    expect(tf.getBackend()).toBe('tensorflow');
    tf.removeBackend('tensorflow');
  });
});
