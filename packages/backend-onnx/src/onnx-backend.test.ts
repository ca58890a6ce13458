import { describeBackendContract } from '@archon-dse/tensor/testing';
import { describe, expect, it } from 'vitest';
import { onnxBackend } from './index.js';

describeBackendContract(await onnxBackend({ runtime: 'native' }), { describe, expect, it });
