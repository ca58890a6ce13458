import { dirname, resolve } from 'node:path';
import { fail } from '@archon-dse/core';
import { readBytes } from '@archon-dse/core/files';
import type { Contents, Job } from '@archon-dse/engine';
import { isObject } from '../is-object.js';
import type { PluginSource } from '../plugins/source.js';
import type { RunSweepOptions } from '../run-sweep.js';

/** Version of the form below. */
const FORMAT = 1;

/** Points of a sweep, and all that it takes to evaluate them on a machine that sees the same folders. */
export interface Shard {
  /** The out directory of the sweep; in the file as seen from its folder. */
  readonly outDir: string;
  /** The number of the run it is a part of. */
  readonly run: number;
  /** The name of the shard among all of the run; names of its result files begin with it. */
  readonly name: string;
  /** Where relative paths of options start. */
  readonly cwd: string;
  readonly sources: readonly PluginSource[];
  readonly contents: Contents;
  /** The longest a point may take, in seconds; no limit when absent. */
  readonly timeoutS?: number;
  /** Bytes of layer results that the sweep keeps; it keeps none when absent. */
  readonly layerBytes?: number;
  readonly jobs: readonly Job[];
}

/**
 * Makes the texts of the files of a run's shards, two folders below the out directory. Of plugins they name those that points use.
 *
 * @returns the text of a shard with so many jobs, given its name
 */
export function shardEncoder(
  { sweep, plugins, cwd = process.cwd(), keeping }: Pick<RunSweepOptions, 'sweep' | 'plugins' | 'cwd' | 'keeping'>,
  contents: Contents,
  run: number,
): (name: string, jobs: readonly Job[]) => string {
  const { timeoutS } = sweep.executor;
  const sources = plugins.sources.filter(({ name }) => contents.code.plugins[name] !== undefined);
  const shared: Omit<Shard, 'outDir' | 'name' | 'jobs'> = {
    ...{ run, cwd, sources, contents },
    ...(timeoutS === undefined ? {} : { timeoutS }),
    ...(keeping === undefined ? {} : { layerBytes: keeping.maxBytes }),
  };
  return (name, jobs) => `${JSON.stringify({ format: FORMAT, outDir: '../..', name, ...shared, jobs })}\n`;
}

/** @throws ArchonError ARCHON_FILE_NOT_FOUND, ARCHON_FILE_REFUSED, ARCHON_SHARD_INVALID */
export function readShard(file: string): Shard {
  const shard = parse(readBytes(file, EXPECTED).toString());
  if (!isShard(shard)) {
    return fail({
      code: 'ARCHON_SHARD_INVALID',
      message: `"${file}" is no shard of a sweep`,
      expected: EXPECTED,
      hint: 'archon shard plan SWEEP --tasks N writes some.',
    });
  }
  return { ...shard, outDir: resolve(dirname(file), shard.outDir) };
}

const EXPECTED = 'a shard that this version of archon wrote';

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isShard(value: unknown): value is Shard {
  if (!isObject(value)) return false;
  const { format, outDir, run, name, cwd, sources, contents, jobs } = value;
  const areTexts = [outDir, name, cwd].every(isText);
  const areOurs = isContents(contents) && isListOf(sources, isSource) && isListOf(jobs, isJob);
  return format === FORMAT && Number.isInteger(run) && areTexts && areOurs;
}

function isSource(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { name, version, root, url, manifest } = value;
  return [name, version, root, url].every(isText) && isObject(manifest);
}

function isContents(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { inputs, code, pricers } = value;
  return [inputs, code, pricers].every(isObject) && isObject((code as Record<string, unknown>)['plugins']);
}

function isJob(value: unknown): boolean {
  return isObject(value) && isText(value['id']) && isObject(value['point']);
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}

function isListOf(value: unknown, isOne: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isOne);
}
