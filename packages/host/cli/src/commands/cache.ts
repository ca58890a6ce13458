import { basename } from 'node:path';
import {
  countValues,
  differences,
  layerUse,
  planPrune,
  planStages,
  prune,
  pruneStages,
  scopeId,
  stageUse,
  type LayerScope,
  type ScopeUse,
} from '@archon-dse/cache';
import { fail } from '@archon-dse/core';
import { cacheDir } from '@archon-dse/core/files';
import { layerScopes, loadSweep } from '@archon-dse/runner';
import type { Context } from '../context.js';
import { formatBytes } from '../terminal/format.js';
import { formatTable } from '../terminal/table.js';

interface Flags {
  readonly json?: boolean;
}

interface PruneFlags extends Flags {
  readonly maxBytes?: number;
  /** Hours. */
  readonly olderThan?: number;
  readonly checkpoints?: boolean;
  readonly yes?: boolean;
}

/** `archon cache list`. */
export function listCache(context: Context, flags: Flags): void {
  const dir = cacheDir();
  const [layers, checkpoints] = [layerUse(dir), stageUse(dir)];
  if (flags.json) {
    context.output.json({ dir, layers: layers.map(plainScope), checkpoints: checkpoints.map(plainUse) });
    return;
  }
  const rows = [
    ...layers.map((use) => ['layers', use.id, aboutOf(use), formatBytes(use.bytes), dateText(use.usedMs)]),
    ...checkpoints.map((use) => ['checkpoints', basename(use.path), '', formatBytes(use.bytes), dateText(use.usedMs)]),
  ];
  const total = [...layers, ...checkpoints].reduce((sum, { bytes }) => sum + bytes, 0);
  const lines = rows.length === 0 ? [] : [formatTable(['what', 'id', 'of', 'size', 'last used'], rows), ''];
  context.output.result([...lines, `${formatBytes(total)} in ${dir}`].join('\n'));
}

/** `archon cache explain [SWEEP]`. */
export async function explainCache(context: Context, file: string | undefined, flags: Flags): Promise<void> {
  const kept = layerUse(cacheDir());
  if (file === undefined) {
    if (flags.json)
      context.output.json({ layers: kept.map((use) => ({ ...plainScope(use), values: countValues(use) })) });
    else context.output.result(kept.map(scopeText).join('\n\n') || 'No layer results are kept.');
    return;
  }
  const { sweep, plugins } = await loadSweep(file, context.host);
  const wanted = await layerScopes(sweep, plugins, context.cwd);
  const found = wanted.map((scope) => explained(scope, kept));
  if (flags.json) context.output.json({ layers: found });
  else context.output.result(found.map(explainedText).join('\n\n'));
}

/** `archon cache prune`. @throws ArchonError ARCHON_USAGE without a limit */
export function pruneCache(context: Context, { maxBytes, olderThan, checkpoints, yes, json }: PruneFlags): void {
  if (maxBytes === undefined && olderThan === undefined) {
    fail({ code: 'ARCHON_USAGE', message: 'nothing says how much may stay', expected: '--max-bytes or --older-than' });
  }
  const limits = {
    ...(maxBytes === undefined ? {} : { maxBytes }),
    ...(olderThan === undefined ? {} : { usedBeforeMs: Date.now() - olderThan * 3600e3 }),
  };
  const layers = planPrune(cacheDir(), limits);
  const trained = checkpoints === true ? planStages(cacheDir(), limits) : [];
  const all = [...layers, ...trained];
  const bytes = all.reduce((sum, one) => sum + one.bytes, 0);
  if (yes === true) {
    prune(layers);
    pruneStages(trained);
  }
  if (json) {
    context.output.json({ deleted: yes === true, bytes, paths: all.map(({ path }) => path) });
    return;
  }
  const rows = all.map((one) => [one.path, formatBytes(one.bytes), dateText(one.usedMs)]);
  if (rows.length > 0) context.output.result(formatTable(['path', 'size', 'last used'], rows));
  if (rows.length === 0) context.output.info('Nothing has to go.');
  else if (yes === true) context.output.info(`Deleted ${formatBytes(bytes)}.`);
  else context.output.info(`These ${formatBytes(bytes)} would go; --yes deletes them.`);
}

/** What a sweep finds of a scope: its values, or else the nearest scope there is and what is different in it. */
interface Explained {
  readonly scope: LayerScope;
  readonly id: string;
  readonly values: number;
  readonly bytes: number;
  readonly nearest?: { readonly id: string; readonly differences: readonly string[] };
}

function explained(scope: LayerScope, kept: readonly ScopeUse[]): Explained {
  const id = scopeId(scope);
  const use = kept.find((one) => one.id === id);
  if (use !== undefined) return { scope, id, values: countValues(use), bytes: use.bytes };
  const others = kept.flatMap((one) =>
    one.scope?.accelerator === scope.accelerator ? [{ id: one.id, scope: one.scope }] : [],
  );
  const ranked = others.map((other) => ({ id: other.id, differences: differences(other.scope, scope) }));
  const [nearest] = ranked.reverse().sort((a, b) => a.differences.length - b.differences.length);
  return { scope, id, values: 0, bytes: 0, ...(nearest === undefined ? {} : { nearest }) };
}

function explainedText({ scope: { accelerator }, id, values, bytes, nearest }: Explained): string {
  if (values > 0) return `${accelerator}: ${String(values)} layer results, ${formatBytes(bytes)}, can be used (${id}).`;
  if (nearest === undefined) return `${accelerator}: no layer results yet.`;
  const changes = nearest.differences.map((one) => `  ${one}`).join('\n');
  return `${accelerator}: none of its layer results can be used. Since ${nearest.id} this has changed:\n${changes}`;
}

function scopeText(use: ScopeUse): string {
  const { id, scope, bytes, usedMs } = use;
  const head = `${id}  ${aboutOf(use)}, ${String(countValues(use))} values, ${formatBytes(bytes)}, last used ${dateText(usedMs)}`;
  if (scope === undefined) return head;
  const { plugin, engine, runtime, files, chain } = scope;
  return [
    head,
    `  plugin   ${plugin.name}@${plugin.version}, code ${shortDigest(plugin.code)}`,
    `  engine   ${engine.name}, code ${shortDigest(engine.code)}, V8 ${runtime}`,
    ...Object.entries(files).map(([option, digest]) => `  ${option}   ${shortDigest(digest)}`),
    ...(chain === undefined ? [] : [`  network and stages   ${shortDigest(chain)}`]),
  ].join('\n');
}

function aboutOf({ scope }: ScopeUse): string {
  return scope?.accelerator ?? 'nobody';
}

function plainScope({ id, path, scope, bytes, usedMs }: ScopeUse) {
  return { id, path, scope: scope ?? null, bytes, lastUsed: new Date(usedMs).toISOString() };
}

function plainUse({ path, bytes, usedMs }: { readonly path: string; readonly bytes: number; readonly usedMs: number }) {
  return { path, bytes, lastUsed: new Date(usedMs).toISOString() };
}

function shortDigest(digest: string): string {
  return digest.slice(0, 12);
}

function dateText(ms: number): string {
  return new Date(ms).toISOString().slice(0, 16).replace('T', ' ');
}
