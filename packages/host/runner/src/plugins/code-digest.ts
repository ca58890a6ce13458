import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { canonicalJson } from '@archon-dse/core';
import { sha256 } from '@archon-dse/core/files';
import type { CodeDigests } from '@archon-dse/engine';
import { readPackage, type CodePackage } from './code-package.js';
import type { PluginSource } from './source.js';

const ENGINE_ROOT = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Identifies the engine and plugins by their code and that of the packages they depend on, see {@link readPackage}.
 *
 * @param cwd - the working folder
 */
export async function digestCode(
  plugins: readonly Pick<PluginSource, 'name' | 'root'>[],
  cwd: string,
): Promise<CodeDigests> {
  const read = new Map<string, CodePackage>();
  const engine = await digestClosure(ENGINE_ROOT, cwd, read);
  const digests: Record<string, string> = {};
  for (const { name, root } of plugins) digests[name] = await digestClosure(root, cwd, read);
  return { engine, plugins: digests };
}

async function digestClosure(root: string, cwd: string, read: Map<string, CodePackage>): Promise<string> {
  const closure = await readClosure(root, cwd, read);
  const identities = [...closure.values()].map(({ identity }) => canonicalJson(identity));
  return sha256(identities.sort().join('\n'));
}

/**
 * A package and those it depends on, by their real folders.
 *
 * @param read - packages that have been read before, as dependencies
 */
export async function readClosure(
  root: string,
  cwd: string,
  read: Map<string, CodePackage>,
): Promise<ReadonlyMap<string, CodePackage>> {
  const start = realpathSync(root);
  const closure = new Map([[start, await readPackage(start, cwd, true)]]);
  // Entries that are added on the way are visited too.
  for (const { dependencies } of closure.values()) {
    for (const folder of dependencies) {
      if (closure.has(folder)) continue;
      const found = read.get(folder) ?? (await readPackage(folder, cwd));
      read.set(folder, found);
      closure.set(folder, found);
    }
  }
  return closure;
}
