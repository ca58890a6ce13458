import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Candidate, Diagnostic, EvaluationRecord, JsonValue, Sweep } from '@archon-dse/core';
import { onTestFinished } from 'vitest';
import { border } from './node-platform.js';
import { loadPlugins, type LoadedPlugins } from './plugins/loader.js';
import { runSweep, type RunSweepOptions, type SweepResult } from './run-sweep.js';

export const FIXTURES = fileURLToPath(new URL('../fixtures', import.meta.url));

/** Loads plugins of `fixtures/` by folder name. */
export function loadFixtures(...names: readonly string[]): Promise<LoadedPlugins> {
  return loadPlugins(
    names.map((name) => `./${name}`),
    [FIXTURES],
  );
}

export function candidate(use: string, options: Candidate['options'], axes: Candidate['axes'] = {}): Candidate {
  return { use, options, axes };
}

/** A sweep of the tiny network on the MAC row: 3 widths x 2 sizes, in threads. */
export function tinySweep(changes: Partial<Sweep> = {}): Sweep {
  return {
    apiVersion: 'archon/v1',
    name: 'tiny',
    plugins: [],
    seed: 1,
    networks: [candidate('fixture/tiny', {}, { width: [4, 8, 16] })],
    stages: [],
    accelerators: [candidate('fixture/mac', { delayMs: 0 }, { macs: [1, 2] })],
    objectives: [{ metric: 'cycles', direction: 'minimize' }],
    constraints: [],
    executor: { kind: 'workerpool', workers: 2 },
    ...changes,
  };
}

/** The tiny network on the faulty accelerator, once for each fault. */
export function faultySweep(...faults: readonly JsonValue[]): Sweep {
  return tinySweep({
    networks: [candidate('fixture/tiny', { width: 4 })],
    accelerators: [candidate('faulty/faulty', {}, { fault: faults })],
  });
}

/** A folder that is removed after the test. */
export function tempDir(): string {
  const path = mkdtempSync(join(tmpdir(), 'archon-runner-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** Runs a sweep, with all its records. */
export async function runWhole(
  options: RunSweepOptions,
): Promise<SweepResult & { readonly records: readonly EvaluationRecord[] }> {
  const result = await runSweep(options);
  const records = [...result.store.records(result.pointIds)];
  result.store.close();
  return { ...result, records };
}

/** The records in the lines of result files, in their order, several of one point too; retries are such. */
export function linesOf(outDir: string): readonly Pick<EvaluationRecord, 'pointId' | 'status' | 'refines'>[] {
  const folder = join(outDir, 'results');
  if (!existsSync(folder)) return [];
  const texts = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
  const lines = texts.flatMap((text) => text.split('\n').slice(0, -1));
  return lines.filter((line) => line.includes('"pointId"')).map((line) => JSON.parse(line) as EvaluationRecord);
}

/** What must be equal for any executor: everything but the timing, by point id. */
export function comparable(records: readonly EvaluationRecord[]): readonly unknown[] {
  return [...records]
    .sort((a, b) => (a.pointId < b.pointId ? -1 : 1))
    .map((record) => ({ ...record, timing: undefined }));
}

/** The diagnostics a promise is rejected with. */
export async function rejection(promise: Promise<unknown>): Promise<readonly Diagnostic[]> {
  try {
    await promise;
  } catch (error) {
    const diagnostics = border.diagnosticsOf(error);
    if (diagnostics === undefined) throw error;
    return diagnostics;
  }
  throw new Error('it was not rejected');
}
