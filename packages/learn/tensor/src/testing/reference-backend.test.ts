import { describe, expect, it } from 'vitest';
import { describeBackendContract } from './backend-contract.js';
import { referenceBackend } from './reference-backend.js';

describeBackendContract(referenceBackend, { describe, expect, it });
