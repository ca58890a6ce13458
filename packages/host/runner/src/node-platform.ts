import { readFileSync } from 'node:fs';
import type { Registry } from '@archon-dse/core';
import { createContext, type ContextOptions, type EvaluationContext, type Platform } from '@archon-dse/engine';
import { isUnchanged } from './files/digest-inputs.js';
import { sha256 } from './sha256.js';

const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  readonly name: string;
  readonly version: string;
};

/** Node, as the engine needs it. */
export const nodePlatform: Platform = {
  program: `${manifest.name}@${manifest.version}`,
  sha256,
  isUnchanged,
};

/** What evaluations in this process or thread share. */
export function nodeContext(registry: Registry, options: ContextOptions = {}): EvaluationContext {
  return createContext(registry, nodePlatform, options);
}
