export { describeBackendContract } from './backend-contract.js';
export { describePipelineContract } from './pipeline-contract.js';
export { referenceBackend } from './reference-backend.js';
export { sampleBatch, SAMPLE_SPECS } from './samples.js';
