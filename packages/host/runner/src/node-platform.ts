import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Registry } from '@archon-dse/core';
import { sha256 } from '@archon-dse/core/files';
import { createContext, type ContextOptions, type EvaluationContext, type Platform } from '@archon-dse/engine';
import { Border } from '@archon-dse/engine/border';
import { isUnchanged } from './files/digest-inputs.js';
import { isError, show } from './plugins/look.js';
import { errorPlace } from './plugins/places/error-place.js';
import { sourceStack } from './plugins/places/source-map.js';
import { enterPlugin, inTask } from './plugins/plugin-tasks.js';

const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  readonly name: string;
  readonly version: string;
};

const engine = dirname(createRequire(import.meta.url).resolve('@archon-dse/engine'));

/** Node, as the engine needs it. */
export const nodePlatform: Platform = {
  program: `${manifest.name}@${manifest.version}`,
  sha256,
  isUnchanged,
  enter: enterPlugin,
  task: inTask,
  show,
  isError,
  ownFolders: [new URL('.', import.meta.url).href, `${pathToFileURL(engine).href}/`],
  sourceStack,
  errorPlace,
};

/** Where this process or thread and its plugins meet. */
export const border = new Border(nodePlatform);

/** What evaluations in this process or thread share. */
export function nodeContext(registry: Registry, options: ContextOptions = {}): EvaluationContext {
  return createContext(registry, nodePlatform, options);
}
