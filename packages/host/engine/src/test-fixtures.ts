import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ArchonError, Registry, type Choice, type Diagnostic, type Point } from '@archon-dse/core';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { onTestFinished } from 'vitest';
import faulty from '../../runner/fixtures/faulty/index.js';
import tiny from '../../runner/fixtures/tiny/index.js';
import { createContext, type ContextOptions, type EvaluationContext } from './evaluation-context.js';
import { NO_CONTENTS } from './identity/contents.js';
import { anyPlatform } from './platform.js';

export const registry = new Registry([tiny, faulty]);

export const platform = anyPlatform({ program: 'test@1.0.0', sha256: (text) => bytesToHex(sha256(utf8ToBytes(text))) });

export const basis = { registry, platform, contents: NO_CONTENTS };

export function newContext(options: ContextOptions = {}, ofPlugins = registry): EvaluationContext {
  return createContext(ofPlugins, platform, options);
}

/** Width 4 on 2 multipliers. */
export const tinyPoint: Point = {
  network: { use: 'fixture/tiny', options: { width: 4 } },
  stages: [],
  accelerator: { use: 'fixture/mac', options: { macs: 2, delayMs: 0 } },
  seed: 1,
};

/** The tiny network on an accelerator that goes wrong. */
export function faultyPoint(fault: string): Point {
  return { ...tinyPoint, accelerator: { use: 'faulty/faulty', options: { fault } } };
}

export function withStage(use: string, options: Choice['options']): Point {
  return { ...tinyPoint, stages: [{ use, options }] };
}

/** The diagnostics a promise is rejected with. */
export async function rejection(promise: Promise<unknown>): Promise<readonly Diagnostic[]> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof ArchonError) return error.diagnostics;
    throw error;
  }
  throw new Error('it was not rejected');
}

/** A folder that is removed after the test. */
export function tempDir(): string {
  const path = mkdtempSync(join(tmpdir(), 'archon-engine-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}
