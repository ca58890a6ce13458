import { keepWithin, type LayerKeeping } from '@archon-dse/cache';
import { canonicalJson, fail, type RecordHead, type Registry } from '@archon-dse/core';
import { workerpoolExecutor } from '../execute/workerpool-executor.js';
import { writeRecords } from '../execute/write-records.js';
import { digestCode } from '../plugins/code-digest.js';
import { importEach } from '../plugins/loader.js';
import { readShard, type Shard } from './shard-file.js';
import { earlierIds, shardWriter } from './shard-results.js';
import { StageNotes } from './stage-notes.js';

export interface RunShardOptions {
  /** The shard's file. */
  readonly file: string;
  /** Worker threads, >= 1. */
  readonly workers: number;
  /** Where layer results are kept on this machine, if the sweep keeps any; nowhere unless given. */
  readonly keeping?: LayerKeeping;
  readonly signal?: AbortSignal;
  /** Hears how many points are missing, before the first of them. */
  readonly onStart?: (points: number) => void;
}

export interface ShardResult {
  /** Points of the shard. */
  readonly total: number;
  /** Those that earlier tries of the same shard have evaluated. */
  readonly skipped: number;
  readonly evaluated: number;
  /** Those of them that failed; their records say why. */
  readonly failed: number;
  readonly interrupted: boolean;
}

/**
 * Evaluates the points of a shard, but those that an earlier try of the same shard has evaluated, into a result file of its own in the
 * sweep's folder. The folder need not be locked: nobody else writes to the file.
 *
 * @throws ArchonError ARCHON_FILE_*, ARCHON_SHARD_INVALID, ARCHON_SHARD_STALE where plugins are not as they were when the shard was
 *   planned, ARCHON_PLUGIN_* where they cannot be imported, ARCHON_DISK_FULL
 */
export async function runShard({
  file,
  workers,
  keeping: here,
  signal,
  onStart,
}: RunShardOptions): Promise<ShardResult> {
  const shard = readShard(file);
  const { contents, timeoutS, jobs, sources } = shard;
  const keeping = keepingOf(shard, here);
  await requireSameCode(shard);
  const plugins = { registry: await importAll(shard), sources };
  const done = earlierIds(shard);
  const missing = jobs.filter(({ id }) => !done.has(id));
  onStart?.(missing.length);
  const writer = shardWriter(shard);
  const notes = new StageNotes(file);
  const written: RecordHead[] = [];
  try {
    await writeRecords(workerpoolExecutor(plugins, workers, timeoutS, contents, keeping), missing, writer, {
      ...(signal === undefined ? {} : { signal }),
      onStage: (job, event) => notes.hear(job, event),
      onWritten(heads) {
        written.push(...heads);
        for (const { pointId } of heads) notes.drop(pointId);
      },
    });
  } finally {
    notes.close();
    writer.close();
    if (keeping !== undefined) keepWithin(keeping);
  }
  const evaluated = written.length;
  const failed = written.filter(({ status }) => status === 'failed').length;
  const interrupted = evaluated < missing.length;
  return { total: jobs.length, skipped: jobs.length - missing.length, evaluated, failed, interrupted };
}

/** The sweep says whether layer results are kept and how many of them, the machine where and that it has room for fewer. */
function keepingOf({ layerBytes }: Shard, here: LayerKeeping | undefined): LayerKeeping | undefined {
  if (layerBytes === undefined || here === undefined) return undefined;
  return { ...here, maxBytes: Math.min(layerBytes, here.maxBytes) };
}

async function requireSameCode({ sources, cwd, contents: { code } }: Shard): Promise<void> {
  const now = await digestCode(sources, cwd);
  if (canonicalJson(now) === canonicalJson(code)) return;
  const changed = sources.map(({ name }) => name).filter((name) => now.plugins[name] !== code.plugins[name]);
  const what = now.engine === code.engine ? `plugin "${changed.join('", "')}"` : 'Archon DSE';
  fail({
    code: 'ARCHON_SHARD_STALE',
    message: `${what} is not what it was when the shard was planned`,
    expected: 'the same code on the machine that plans and those that evaluate',
    hint: 'Plan or submit again, and change no code until the tasks are done.',
  });
}

async function importAll({ sources }: Shard): Promise<Registry> {
  const { registry, failures } = await importEach(sources);
  const [first] = failures.values();
  return first === undefined ? registry : fail(first);
}
