import { describe, expect, it, vi } from 'vitest';
import { loadRuntime } from './runtime.js';

vi.mock('onnxruntime-node', () => {
  throw new Error('no native build for this machine');
});

describe('loadRuntime without the native package', () => {
  it('falls back to the web one', async () => {
    const { description, session } = await loadRuntime({ intraOpNumThreads: 2 });
    expect(description).toMatch(/^onnxruntime-web .*, wasm, 2 threads$/);
    expect(session).toMatchObject({ executionProviders: ['wasm'], intraOpNumThreads: 2 });
  });

  it('fails with the reason when only the native one will do', async () => {
    const diagnostic = { code: 'ARCHON_PLUGIN_NOT_FOUND', expected: 'one of: onnxruntime-node' };
    await expect(loadRuntime({ runtime: 'native' })).rejects.toMatchObject({ diagnostics: [diagnostic] });
  });
});
