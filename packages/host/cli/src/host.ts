import { guardProcess, loadPlugins, type LoadedPlugins } from '@archon-dse/runner';
import type { Context } from './context.js';

/** Loads the built-in plugins and those of `--plugin`, the working directory first. */
export function loadNamed({ host, cwd }: Context, extra: readonly string[]): Promise<LoadedPlugins> {
  if (host.guard !== undefined) guardProcess(host.guard);
  return loadPlugins([...host.plugins, ...extra], [cwd, ...host.directories]);
}
