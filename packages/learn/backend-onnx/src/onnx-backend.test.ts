import { describeBackendContract, describePipelineContract } from '@archon-dse/tensor/testing';
import { describe, expect, it } from 'vitest';
import { onnxBackend } from './index.js';

const native = await onnxBackend({ runtime: 'native' });
const web = await onnxBackend({ runtime: 'web' });

const api = { describe, expect, it };
describe('onnxruntime-node', () => describeBackendContract(native, api, () => process.memoryUsage.rss()));
describePipelineContract(native, api);
describe('onnxruntime-web', () => describeBackendContract(web, api));

describe('onnxBackend', () => {
  it('says what runs underneath', () => {
    expect(native.description).toMatch(/^onnxruntime-node 1\.\d+\.\d+, cpu, 1 thread$/);
    expect(web.description).toMatch(/^onnxruntime-web 1\.\d+\.\d+, wasm, 1 thread$/);
  });
});
