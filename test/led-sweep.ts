import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ArchonError } from '@archon-dse/core';
import { loadSweep, runSweep, type RunSweepOptions } from '@archon-dse/runner';
import { BUILTIN_PLUGINS } from '../packages/host/cli/dist/builtin-plugins.js';
import { until, type VirtualCluster } from './virtual-cluster.mjs';
import { ARCHON, root, type CliResult } from './workspace.js';

export const SHARD = [process.execPath, ARCHON, 'shard'];

/** A line of set-up that has tasks of a sweep wait until {@link LedSweep.underWay} lets all of them go. */
export const startGate = (out: string): string => `until [ -e '${out}.go' ]; do sleep 0.1; done`;

/** A sweep on a virtual cluster, and its tasks. */
abstract class LedSweep {
  readonly out: string;
  abstract readonly ended: Promise<Pick<CliResult, 'status' | 'stderr'>>;
  readonly #cluster: VirtualCluster;

  /** @param out - its folder; the sweep's file gets the same name */
  constructor(cluster: VirtualCluster, out: string, text: string) {
    this.#cluster = cluster;
    this.out = out;
    writeFileSync(`${out}.yaml`, text);
  }

  get submissions(): readonly string[] {
    const shards = join(this.out, 'shards');
    return existsSync(shards) ? readdirSync(shards) : [];
  }

  /** Processes that evaluate a shard of this sweep now. */
  get tasks(): ReturnType<VirtualCluster['tasks']> {
    return this.#cluster.tasks(`shard ${this.out}/`);
  }

  get progress(): string {
    const file = join(this.out, 'progress.json');
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
  }

  /** Waits until three tasks have a node, and wait for each other. */
  async gathered(): Promise<void> {
    // The queue may still show tasks of another sweep.
    const isOurs = (job: string): boolean => this.submissions.some((name) => job.endsWith(` ${name}`));
    const running = (): readonly string[] => this.#cluster.queue().filter((job) => job.includes(' RUNNING '));
    await until('three tasks', () => running().filter(isOurs).length === 3);
  }

  letGo(): void {
    writeFileSync(`${this.out}.go`, '');
  }

  /** Waits until tasks run on all nodes. One that has begun stops until the others have, or it might be over by then. */
  async underWay(): Promise<void> {
    await this.gathered();
    this.letGo();
    const begun = new Map<string, number>();
    await until('tasks on three nodes', () => {
      for (const { node, pid } of this.tasks) {
        if (begun.has(node)) continue;
        process.kill(pid, 'SIGSTOP');
        begun.set(node, pid);
      }
      return begun.size === 3;
    });
    for (const pid of begun.values()) process.kill(pid, 'SIGCONT');
  }
}

/** A sweep that this process leads, which looks at everything often. */
export class LedHere extends LedSweep {
  readonly ended: LedSweep['ended'];

  constructor(cluster: VirtualCluster, out: string, text: string, more: Partial<RunSweepOptions> = {}) {
    super(cluster, out, text);
    this.ended = this.#lead(more).then(
      () => ({ status: 0, stderr: '' }),
      (error: unknown) => ({
        status: 2,
        stderr: error instanceof ArchonError ? JSON.stringify(error.diagnostics) : String(error),
      }),
    );
  }

  async #lead(more: Partial<RunSweepOptions>): Promise<void> {
    const { sweep, plugins } = await loadSweep(`${this.out}.yaml`, {
      plugins: BUILTIN_PLUGINS,
      directories: [join(root, 'packages/host/cli')],
    });
    const slurm = { command: SHARD, pace: { resultsMs: 100, queueMs: 500 } };
    const { store } = await runSweep({ sweep, plugins, outDir: this.out, slurm, ...more });
    store.close();
  }
}

/** A sweep that a process of its own leads, which can be killed and be told to stop. */
export class LedApart extends LedSweep {
  readonly ended: Promise<CliResult>;
  readonly #child: ChildProcess;

  constructor(cluster: VirtualCluster, out: string, text: string, ...flags: readonly string[]) {
    super(cluster, out, text);
    this.#child = spawn(process.execPath, [ARCHON, 'sweep', `${out}.yaml`, '--out', out, ...flags], {
      env: { ...process.env, ...cluster.env, NO_COLOR: '1' },
    });
    let [stdout, stderr] = ['', ''];
    this.#child.stdout?.on('data', (text) => (stdout += String(text)));
    this.#child.stderr?.on('data', (text) => (stderr += String(text)));
    this.ended = new Promise((resolve) => {
      this.#child.once('exit', (status) => resolve({ status, stdout, stderr }));
    });
  }

  kill(signal: NodeJS.Signals): Promise<CliResult> {
    this.#child.kill(signal);
    return this.ended;
  }
}
