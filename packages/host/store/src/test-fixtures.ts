import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ArchonError,
  RECORD_SCHEMA_VERSION,
  type Diagnostic,
  type EvaluationRecord,
  type Sweep,
} from '@archon-dse/core';
import { onTestFinished } from 'vitest';
import { RecordWriter } from './record-writer.js';
import { nextRun } from './result-files.js';

/** A folder that is removed after the test. */
export function tempDir(): string {
  const path = mkdtempSync(join(tmpdir(), 'archon-store-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** The id of a point by a small number. */
export function idOf(number: number): string {
  return number.toString(16).padStart(16, '0');
}

export function record(number: number, status: EvaluationRecord['status'] = 'ok', cycles = 1): EvaluationRecord {
  const choice = { use: 'fixture/tiny', options: {} };
  return {
    schemaVersion: RECORD_SCHEMA_VERSION,
    pointId: idOf(number),
    point: { network: choice, stages: [], accelerator: choice, seed: 0 },
    status,
    metrics: { cycles },
    layers: [],
    provenance: { plugins: [], engine: 'engine', seed: 0, prices: {} },
    timing: { startedAt: '2000-01-01T00:00:00.000Z', wallMs: 0, worker: 0 },
  };
}

/** Writes records as one run, the first of them in a block of its own where told. @returns the file */
export function write(outDir: string, ...records: readonly EvaluationRecord[]): string {
  const writer = new RecordWriter(outDir, { run: nextRun(outDir) });
  for (const item of records) writer.append(item);
  writer.close();
  return join(outDir, 'results', readdirSync(join(outDir, 'results')).sort().at(-1)!);
}

export function sweepOf(seed = 1): Sweep {
  return {
    ...{ apiVersion: 'archon/v1', name: 'tiny', plugins: [], seed, networks: [], stages: [], accelerators: [] },
    ...{ objectives: [{ metric: 'cycles', direction: 'minimize' }], constraints: [], executor: { kind: 'serial' } },
  };
}

/** The diagnostics that something fails with. */
export function refusal(act: () => unknown): readonly Diagnostic[] {
  try {
    act();
  } catch (error) {
    if (error instanceof ArchonError) return error.diagnostics;
    throw error;
  }
  throw new Error('it was not refused');
}
