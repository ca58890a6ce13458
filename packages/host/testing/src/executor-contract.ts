import type { EvaluationRecord, Options, Point, Registry, TestApi } from '@archon-dse/core';
import { createContext, recordPoint, type Contents, type Executor, type Job, type Platform } from '@archon-dse/engine';
import { namingValues } from './named-values.js';

/** An executor under test, and what it evaluates. */
export interface ExecutorSubject<Plugins extends { readonly registry: Registry }> {
  /** This package as a plugin: `await loadPlugins(['@archon-dse/testing'], [import.meta.dirname])` of the runner. */
  readonly plugins: Plugins;
  /** What records are compared with is evaluated here; `nodePlatform` of the runner. */
  readonly platform: Platform;
  /** What the executor is told that results depend on; nothing unless given. */
  readonly contents?: Contents;
  /** Whether it tells of stages; it should, unless they are applied on other machines. True unless given. */
  readonly tellsStages?: boolean;
  readonly create: (plugins: Plugins) => Executor;
}

/**
 * What every executor must do: record each job exactly once, as the engine evaluates it, whatever goes wrong with others; tell the stages
 * under way; and stop when it is told to.
 *
 * @param name - of the executor, e.g. `workerpool (3)`
 */
export function describeExecutorContract<Plugins extends { readonly registry: Registry }>(
  name: string,
  { plugins, platform, contents, tellsStages = true, create }: ExecutorSubject<Plugins>,
  runner: TestApi,
): void {
  const api = namingValues(runner);
  const executor = (): Executor => create(plugins);
  const evaluateHere = async (jobs: readonly Job[]): Promise<readonly unknown[]> => {
    const context = createContext(plugins.registry, platform, contents === undefined ? {} : { contents });
    const records: unknown[] = [];
    for (const job of jobs) records.push((await recordPoint(job, context)).record);
    return records;
  };
  api.describe(`${name} executor`, () => {
    describeRecords(executor, evaluateHere, api);
    if (tellsStages) describeStages(executor, api);
    describeEnds(executor, api);
  });
}

let made = 0;

/** Three networks on two sizes of the array. */
const SIX = [4, 8, 16].flatMap((width) => [1, 2].map((macs) => jobOf({ width }, { macs })));

/** Ids have the form that those of sweeps have. */
function newId(): string {
  made += 1;
  return made.toString(16).padStart(16, '0');
}

function jobOf(network: Options, accelerator: Options, stages: Point['stages'] = []): Job {
  const options = { macs: 2, delayMs: 0, fault: 'none', ...accelerator };
  const point: Point = {
    network: { use: 'testing/tiny', options: network },
    stages,
    accelerator: { use: 'testing/mac', options },
    seed: 1,
  };
  return { id: newId(), point };
}

function thinned(density: number): Point['stages'] {
  return [{ use: 'testing/thin', options: { density } }];
}

async function recordsOf(executor: Executor, jobs: readonly Job[]): Promise<readonly EvaluationRecord[]> {
  const records: EvaluationRecord[] = [];
  await executor.run(jobs, { onRecord: (record) => records.push(record) });
  return records;
}

/**
 * As they must be for any executor: in the order of their ids, as plain data and without the timing. Where in a plugin's code an error comes from
 * is told from where one looks: from the working folder, or in a journal from the plugin's.
 */
function comparable(records: readonly unknown[]): readonly unknown[] {
  const plain = JSON.parse(JSON.stringify(records)) as EvaluationRecord[];
  return plain
    .sort((a, b) => (a.pointId < b.pointId ? -1 : 1))
    .map((record) => ({ ...without(record, 'timing'), error: without(record.error ?? {}, 'location', 'frame') }));
}

function without(value: object, ...members: readonly string[]): object {
  return Object.fromEntries(Object.entries(value).filter(([member]) => !members.includes(member)));
}

function describeRecords(
  executor: () => Executor,
  evaluateHere: (jobs: readonly Job[]) => Promise<readonly unknown[]>,
  { it, expect }: TestApi,
): void {
  it('records every job exactly once', async () => {
    const ids = (await recordsOf(executor(), SIX)).map(({ pointId }) => pointId);
    expect([...ids].sort()).toEqual(SIX.map(({ id }) => id).sort());
  });

  it('records every job exactly once where they are many and take no time, and one fails among them', async () => {
    const jobs = Array.from({ length: 400 }, (_, index) =>
      jobOf({ width: 4 }, { fault: index === 250 ? 'throws' : 'none' }),
    );
    const records = await recordsOf(executor(), jobs);
    expect(records.map(({ pointId }) => pointId).sort()).toEqual(jobs.map(({ id }) => id).sort());
    expect(records.filter(({ status }) => status === 'failed').map(({ pointId }) => pointId)).toEqual([jobs[250]?.id]);
  });

  it('gives the records that the engine makes, apart from the timing', async () => {
    const jobs = [0.25, 0.5].flatMap((density) =>
      [1, 2].map((macs) => jobOf({ width: 4 }, { macs }, thinned(density))),
    );
    expect(comparable(await recordsOf(executor(), jobs))).toEqual(comparable(await evaluateHere(jobs)));
  });

  it('says how long each took', async () => {
    const [record] = await recordsOf(executor(), [jobOf({ width: 4 }, { delayMs: 20 })]);
    expect((record?.timing.wallMs ?? 0) >= 20).toBe(true);
    expect(Number.isNaN(Date.parse(record?.timing.startedAt ?? ''))).toBe(false);
  });

  it('goes on after jobs that fail, and records why', async () => {
    const jobs = ['throws', 'none', 'nan'].map((fault) => jobOf({ width: 4 }, { fault }));
    const records = await recordsOf(executor(), jobs);
    expect(records.map(({ status }) => status).sort()).toEqual(['failed', 'failed', 'ok']);
    expect(comparable(records)).toEqual(comparable(await evaluateHere(jobs)));
  });

  it('returns when there is nothing to do', async () => {
    expect(await recordsOf(executor(), [])).toEqual([]);
  });
}

function describeStages(executor: () => Executor, { it, expect }: TestApi): void {
  it('tells the stages of every chain before its record, their progress as plain data', async () => {
    const jobs = [4, 8, 16].map((width) => jobOf({ width }, {}, thinned(0.5)));
    const heard = new Map<string, unknown[]>();
    const recorded: string[] = [];
    const late: string[] = [];
    await executor().run(jobs, {
      onRecord: ({ pointId }) => recorded.push(pointId),
      onStage: ({ id }, { network, stage, progress }) => {
        if (recorded.includes(id)) late.push(id);
        heard.set(id, [...(heard.get(id) ?? []), progress ?? `${stage} of ${network}`]);
      },
    });
    const progress = { total: 2, unit: 'epoch', figures: ['loss 1'], etaMs: 1000 };
    const once = ['testing/thin of testing/tiny', { ...progress, done: 1 }, { ...progress, done: 2 }];
    expect(Object.fromEntries(heard)).toEqual(Object.fromEntries(jobs.map(({ id }) => [id, once])));
    expect(late, 'jobs whose stages were told after their record').toEqual([]);
  });
}

function describeEnds(executor: () => Executor, { it, expect }: TestApi): void {
  it('stops soon when it is told to: no record comes after that', async () => {
    const stop = new AbortController();
    const records: EvaluationRecord[] = [];
    await executor().run(
      [1, 2, 3, 4, 5, 6, 7, 8].map((macs) => jobOf({ width: 4 }, { macs, delayMs: 50 })),
      {
        signal: stop.signal,
        onRecord: (record) => {
          records.push(record);
          stop.abort();
        },
      },
    );
    expect(records.length).toBe(1);
  });

  it('starts nothing when it was told to stop before', async () => {
    const records: EvaluationRecord[] = [];
    await executor().run(SIX, { signal: AbortSignal.abort(), onRecord: (record) => records.push(record) });
    expect(records).toEqual([]);
  });

  it('is rejected with the error of a callback, such as a full disk', async () => {
    const full = new Error('disk full');
    const run = executor().run(SIX, {
      onRecord: () => {
        throw full;
      },
    });
    expect(
      await run.then(
        () => 'it was not rejected',
        (error: unknown) => error,
      ),
    ).toBe(full);
  });
}
