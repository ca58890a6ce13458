import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { formatDiagnostic, parseSweep } from '@archon-dse/config';
import { ERROR_CODES, type ErrorCode } from '@archon-dse/core';
import { describe, expect, it } from 'vitest';
import { diagnosticsOf } from './diagnostics.js';
import { toyRegistry } from './toy-registry.js';

/** Every error code has a test of its text, and a section in docs/errors.md. Fixtures: `errors/CODE/{sweep.yaml,expected.txt}`. */

const root = new URL('../', import.meta.url);
const fixtures = readdirSync(new URL('errors/', import.meta.url)).sort();

/** Codes no sweep text alone can raise: the test file that raises them. */
const COVERED_ELSEWHERE: Partial<Record<ErrorCode, string>> = {
  ARCHON_PLUGIN_NOT_FOUND: 'packages/host/runner/src/plugins/loader.test.ts',
  ARCHON_PLUGIN_MANIFEST: 'packages/host/runner/src/plugins/loader.test.ts',
  ARCHON_PLUGIN_API_VERSION: 'packages/host/runner/src/plugins/loader.test.ts',
  ARCHON_PLUGIN_SHAPE: 'packages/host/runner/src/plugins/loader.test.ts',
  ARCHON_PLUGIN_DUPLICATE_ID: 'packages/host/runner/src/plugins/loader.test.ts',
  ARCHON_PLUGIN_THREW: 'packages/host/runner/src/plugins/loader.test.ts',
  ARCHON_PLUGIN_STUCK: 'packages/host/runner/src/execute/process-guard.test.ts',
  ARCHON_NETWORK_INVALID: 'packages/model/workload/src/shapes.test.ts',
  ARCHON_ONNX_INVALID: 'packages/model/network-files/src/onnx/broken-files.test.ts',
  ARCHON_ONNX_UNSUPPORTED: 'packages/model/network-files/src/onnx/refusals.test.ts',
  ARCHON_WORKLOAD_UNSUPPORTED: 'packages/host/engine/src/evaluate-point.test.ts',
  ARCHON_NO_MAPPING: 'packages/model/pe-array/src/layer-run.test.ts',
  ARCHON_PRICE_UNKNOWN_COMPONENT: 'packages/model/pricing/src/refused-components.test.ts',
  ARCHON_PRICE_BAD_COMPONENT: 'packages/model/pricing/src/refused-components.test.ts',
  ARCHON_PRICE_INFEASIBLE: 'packages/model/pricing/src/refused-components.test.ts',
  ARCHON_TIMELOOP_UNKNOWN_KEY: 'packages/model/timeloop/src/mistakes.test.ts',
  ARCHON_TIMELOOP_INVALID: 'packages/model/timeloop/src/mistakes.test.ts',
  ARCHON_TIMELOOP_UNSUPPORTED: 'packages/model/timeloop/src/mistakes.test.ts',
  ARCHON_RESULT_INVALID: 'packages/host/engine/src/evaluate-point.test.ts',
  ARCHON_FILE_NOT_FOUND: 'test/cli-mistakes.test.ts',
  ARCHON_FILE_REFUSED: 'packages/contract/core/src/file-refusal.test.ts',
  ARCHON_DISK_FULL: 'packages/contract/core/src/file-refusal.test.ts',
  ARCHON_INPUT_CHANGED: 'packages/host/runner/src/files/inputs.test.ts',
  ARCHON_OUT_NOT_EMPTY: 'packages/host/store/src/out-dir.test.ts',
  ARCHON_OUT_LOCKED: 'packages/host/store/src/out-dir.test.ts',
  ARCHON_JOURNAL_CORRUPT: 'packages/host/store/src/record-store.test.ts',
  ARCHON_WORKER_DIED: 'packages/host/runner/src/execute/executor.test.ts',
  ARCHON_POINT_TIMEOUT: 'packages/host/runner/src/execute/executor.test.ts',
  ARCHON_SLURM_MISSING: 'packages/host/slurm/src/scheduler.test.ts',
  ARCHON_SLURM_REFUSED: 'packages/host/slurm/src/run-arrays.test.ts',
  ARCHON_SHARD_INVALID: 'test/shards.test.ts',
  ARCHON_SHARD_STALE: 'test/shards.test.ts',
  ARCHON_SHARDS_LOST: 'packages/host/slurm/src/run-arrays.test.ts',
  ARCHON_FOLDER_NOT_SHARED: 'packages/host/slurm/src/run-arrays.test.ts',
  ARCHON_DATA_NOT_FOUND: 'packages/learn/data/src/cifar.test.ts',
  ARCHON_DATA_SIZE: 'packages/learn/data/src/cifar.test.ts',
  ARCHON_DATA_LABEL: 'packages/learn/data/src/cifar.test.ts',
  ARCHON_DATA_DOWNLOAD: 'packages/learn/data/src/fetch.test.ts',
  ARCHON_DATA_CHECKSUM: 'packages/learn/data/src/fetch.test.ts',
  ARCHON_DATA_MISMATCH: 'packages/learn/training/src/loop/train-model.test.ts',
  ARCHON_BACKEND_NOT_FOUND: 'packages/learn/training/src/backends/load-backend.test.ts',
  ARCHON_CHECKPOINT_INVALID: 'packages/learn/training/src/checkpoints/checkpoint.test.ts',
  ARCHON_WEIGHTS_INVALID: 'packages/learn/weights/src/read-weights.test.ts',
  ARCHON_WEIGHTS_MISMATCH: 'packages/learn/weights/src/match-weights.test.ts',
  ARCHON_LAYER_MAP: 'packages/learn/weights/src/layer-map.test.ts',
  ARCHON_TRAINING_DIVERGED: 'packages/learn/training/src/loop/train-model.test.ts',
  ARCHON_INTERRUPTED: 'packages/learn/training/src/loop/train-model.test.ts',
  ARCHON_PORT_TAKEN: 'packages/host/serve/src/server.test.ts',
  ARCHON_USAGE: 'test/cli-mistakes.test.ts',
};

describe('error texts', () => {
  it.each(fixtures)('%s', async (code) => {
    const folder = new URL(`errors/${code}/`, import.meta.url);
    const text = readFileSync(new URL('sweep.yaml', folder), 'utf8');
    const diagnostics = diagnosticsOf(() => parseSweep(text, 'sweep.yaml', toyRegistry()));
    expect([...new Set(diagnostics.map((diagnostic) => diagnostic.code))]).toEqual([code]);
    const told = `${diagnostics.map((diagnostic) => formatDiagnostic(diagnostic)).join('\n\n')}\n`;
    await expect(told).toMatchFileSnapshot(new URL('expected.txt', folder).pathname);
  });
});

describe('the catalogue of errors', () => {
  it('has each code covered exactly once', () => {
    const covered = [...fixtures, ...Object.keys(COVERED_ELSEWHERE)];
    expect(covered.sort()).toEqual([...ERROR_CODES].sort());
  });

  it('has its suites where the table says', () => {
    for (const [code, file] of Object.entries(COVERED_ELSEWHERE)) {
      const url = new URL(file, root);
      expect(existsSync(url), file).toBe(true);
      expect(readFileSync(url, 'utf8')).toContain(code);
    }
  });

  const sections = readFileSync(new URL('docs/errors.md', root), 'utf8').split(/^## /m).slice(1);

  it('is the list of sections of docs/errors.md, in order', () => {
    expect(sections.map((section) => section.split('\n')[0])).toEqual(ERROR_CODES);
  });

  it('says of each error what it means, its usual cause and the way out', () => {
    for (const section of sections) {
      for (const part of ['**Usual cause.**', '**Fix.**']) expect(section).toContain(part);
      expect(section.split('\n')[2], section).toMatch(/^[A-Z`].*\.$/);
    }
  });
});
