import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonValue } from '@archon-dse/core';
import { onTestFinished } from 'vitest';
import { ScopeStore } from './layer-store.js';
import type { LayerScope } from './scope.js';

export const SCOPE: LayerScope = {
  accelerator: 'me/array',
  plugin: { name: 'me', version: '1.0.0', code: 'c0de' },
  engine: { name: 'engine@1.0.0', code: 'e0de' },
  runtime: '1',
  files: {},
};

/** A folder that is removed after the test. */
export function tempDir(): string {
  const path = mkdtempSync(join(tmpdir(), 'archon-cache-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

export function openScope(dir: string, scope: Partial<LayerScope> = {}): ScopeStore {
  const store = new ScopeStore(dir, { ...SCOPE, ...scope }, () => now);
  onTestFinished(() => store.close());
  return store;
}

/** Time as tests have it. */
let now = 0;

export function wait(ms: number): void {
  now += ms;
}

/** Keeps a value that takes some milliseconds to compute, or none. */
export function compute(store: ScopeStore, key: string, value: JsonValue, ms = 1): void {
  store.get(key);
  wait(ms);
  store.set(key, value);
}

/** Keeps values and closes the store. */
export function keep(dir: string, values: Readonly<Record<string, JsonValue>>, scope: Partial<LayerScope> = {}): void {
  const store = openScope(dir, scope);
  for (const [key, value] of Object.entries(values)) compute(store, key, value);
  store.close();
}
