import { execFileSync, spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** A Slurm of three nodes on this machine, each a daemon on a port of its own, and what can go wrong with it; for tests and for bench/. */

export const isSlurmMissing = !['/usr/sbin/slurmctld', '/usr/sbin/slurmd', '/usr/bin/sbatch'].every((file) =>
  existsSync(file),
);
if (isSlurmMissing)
  process.stderr.write('Slurm tests skipped: no slurmctld, slurmd and sbatch (apt-get install them)\n');

const NODES = ['n1', 'n2', 'n3'];

/** Every wait ends after this long: a controller that is gone makes the tools themselves wait for 18 s. */
const START_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 20_000;

export class VirtualCluster {
  /** Variables of the environment that make Slurm's tools talk to this cluster. */
  env;
  #folder = realpathSync(mkdtempSync(join(tmpdir(), 'archon-slurm-')));
  #conf = join(this.#folder, 'slurm.conf');
  /** @type {Map<string, import('node:child_process').ChildProcess>} */
  #daemons = new Map();

  constructor() {
    this.env = { SLURM_CONF: this.#conf };
  }

  /** @returns {Promise<void>} */
  async start() {
    for (const name of ['state', 'log', 'run', ...NODES.map((node) => join('spool', node))]) {
      mkdirSync(join(this.#folder, name), { recursive: true });
    }
    writeFileSync(this.#conf, configuration(this.#folder, await freePorts(NODES.length + 1)));
    this.startController();
    for (const node of NODES) this.startNode(node);
    await this.#until('three idle nodes', () => this.tool('sinfo', '-h', '-o', '%T %D').trim() === 'idle 3');
  }

  /** @param forgets - whether it begins without the jobs it knew, and with other numbers: a node that still has one of a number is drained */
  startController(forgets = false) {
    if (forgets) {
      const text = readFileSync(this.#conf, 'utf8');
      writeFileSync(
        this.#conf,
        text.replace(/^FirstJobId=(.*)$/m, (_, first) => `FirstJobId=${Number(first) + 10_000}`),
      );
    }
    this.#launch('slurmctld', 'slurmctld', ['-D', ...(forgets ? ['-c'] : []), '-f', this.#conf]);
  }

  /**
   * @param {string} node
   * @param {string} [hidden] - a folder that the node has another of in its place: it is not shared
   * @returns {void}
   */
  startNode(node, hidden) {
    const args = ['-D', '-N', node, '-f', this.#conf];
    if (hidden === undefined) return this.#launch(node, 'slurmd', args);
    const script = 'mount -t tmpfs none "$1"; shift; exec slurmd "$@"';
    this.#launch(node, 'unshare', ['-m', 'sh', '-c', script, 'sh', hidden, ...args]);
  }

  /**
   * Ends a daemon; jobs of a node run on when it is killed.
   *
   * @param {string} name - `slurmctld` or a node
   * @param {'SIGTERM' | 'SIGKILL'} signal
   * @returns {Promise<void>}
   */
  async stopDaemon(name, signal) {
    const daemon = this.#daemons.get(name);
    if (daemon === undefined || daemon.exitCode !== null || daemon.signalCode !== null) return;
    const end = new Promise((resolve) => daemon.once('exit', resolve));
    daemon.kill(signal);
    await Promise.race([end, delay(STOP_LIMIT_MS, undefined, { ref: false }).then(() => daemon.kill('SIGKILL'))]);
    this.#daemons.delete(name);
  }

  /**
   * What a tool of Slurm prints.
   *
   * @param {string} name
   * @param {readonly string[]} args
   * @returns {string}
   */
  tool(name, ...args) {
    return execFileSync(name, args, {
      env: { ...process.env, ...this.env },
      encoding: 'utf8',
      stdio: 'pipe',
      timeout: 20_000,
    });
  }

  #attempt(name, ...args) {
    try {
      this.tool(name, ...args);
    } catch {
      // refused, or there is no controller
    }
  }

  /**
   * Tells the controller that a node is gone: its tasks are killed and queued again.
   *
   * @param {string} node
   */
  setDown(node) {
    this.tool('scontrol', 'update', `nodename=${node}`, 'state=down', 'reason=test');
  }

  #resume(node) {
    this.#attempt('scontrol', 'update', `nodename=${node}`, 'state=resume'); // refused where nothing is wrong with it
  }

  /**
   * Jobs in the queue, an element of an array a line.
   *
   * @returns {readonly string[]}
   */
  queue() {
    return this.tool('squeue', '-h', '-r', '-o', '%i %T %r %N %j').split('\n').filter(Boolean);
  }

  /**
   * Names of all jobs there were since the controller began to remember.
   *
   * @returns {readonly string[]}
   */
  submitted() {
    return [...new Set(this.tool('squeue', '-h', '-t', 'all', '-o', '%j').split('\n').filter(Boolean))];
  }

  /**
   * Processes of tasks that run this command, by the task's node.
   *
   * @param {string} command
   * @returns {readonly { readonly pid: number; readonly node: string }[]}
   */
  tasks(command) {
    return this.#processes().flatMap(({ pid, env, line }) => {
      const node = /(?:^|\0)SLURMD_NODENAME=(\w+)/.exec(env)?.[1];
      return node !== undefined && line.includes(command) ? [{ pid, node }] : [];
    });
  }

  /** Ends all jobs, all daemons and what they left. */
  async stop() {
    try {
      for (const node of NODES) this.#resume(node);
      this.#attempt('scancel', '-u', String(process.getuid?.() ?? 0));
      await this.#until('an empty queue', () => this.queue().length === 0).catch(() => undefined);
      await Promise.all([...this.#daemons.keys()].map((name) => this.stopDaemon(name, 'SIGTERM')));
    } finally {
      for (const { pid } of this.#processes()) tryKill(pid);
      rmSync(this.#folder, { recursive: true, force: true });
    }
  }

  /** Starts again what a fault ended, and waits for all nodes. */
  async mend() {
    if (!this.#daemons.has('slurmctld')) this.startController();
    for (const node of NODES) if (!this.#daemons.has(node)) this.startNode(node);
    await this.#until('three nodes that can be used', () => {
      for (const node of NODES) this.#resume(node);
      return /^(idle|mixed|allocated) 3$/.test(this.tool('sinfo', '-h', '-o', '%T %D').trim());
    });
  }

  #launch(name, command, args) {
    this.#daemons.set(
      name,
      spawn(command, args, {
        env: { ...process.env, ...this.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin` },
        stdio: 'ignore',
      }),
    );
  }

  /** Processes whose environment names this cluster's configuration: those of steps too, which outlive their daemon. */
  #processes() {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
      .flatMap((name) => {
        try {
          const env = readFileSync(join('/proc', name, 'environ'), 'utf8');
          const line = readFileSync(join('/proc', name, 'cmdline'), 'utf8').replaceAll('\0', ' ');
          return env.includes(`SLURM_CONF=${this.#conf}`) ? [{ pid: Number(name), env, line }] : [];
        } catch {
          return []; // it has ended, or is another user's
        }
      });
  }

  async #until(what, isSo) {
    await until(`${what} of the virtual cluster`, isSo, START_LIMIT_MS);
  }
}

/**
 * Waits until a condition holds, or throws what it waited for; a condition that throws does not hold yet.
 *
 * @param {string} what
 * @param {() => boolean} isSo
 * @returns {Promise<void>}
 */
export async function until(what, isSo, limitMs = 120_000) {
  const end = Date.now() + limitMs;
  for (;;) {
    try {
      if (isSo()) return;
    } catch {
      // not yet
    }
    if (Date.now() > end) throw new Error(`waited ${String(limitMs / 1000)} s for ${what}`);
    await delay(50);
  }
}

function tryKill(pid) {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // it has ended
  }
}

/** So many free ports in a row. @returns the first */
async function freePorts(count) {
  for (let attempt = 0; attempt < 50; attempt++) {
    const first = 20_000 + Math.floor(Math.random() * 30_000);
    const free = await Promise.all(Array.from({ length: count }, (_, index) => isFree(first + index)));
    if (free.every(Boolean)) return first;
  }
  throw new Error('no free ports');
}

function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

function configuration(folder, port) {
  return `ClusterName=ci
SlurmctldHost=localhost(127.0.0.1)
SlurmctldPort=${String(port)}
SlurmUser=${process.getuid?.() === 0 ? 'root' : String(process.env['USER'])}
SlurmdUser=${process.getuid?.() === 0 ? 'root' : String(process.env['USER'])}
AuthType=auth/none
CredType=cred/none
AuthInfo=cred_expire=5
MaxArraySize=1001
FirstJobId=1
StateSaveLocation=${folder}/state
SlurmdSpoolDir=${folder}/spool/%n
SlurmctldPidFile=${folder}/run/slurmctld.pid
SlurmdPidFile=${folder}/run/slurmd.%n.pid
SlurmctldLogFile=${folder}/log/slurmctld.log
SlurmdLogFile=${folder}/log/slurmd.%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
MpiDefault=none
SlurmdParameters=config_overrides
SchedulerParameters=batch_sched_delay=0,sched_min_interval=0,sched_interval=1,bf_interval=1
ReturnToService=2
SlurmdTimeout=5
KillWait=2
MinJobAge=3600
NodeName=n[1-3] NodeHostname=localhost NodeAddr=127.0.0.1 Port=[${String(port + 1)}-${String(port + 3)}] CPUs=4 RealMemory=1000 State=UNKNOWN
PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP
`;
}
