/**
 * What a large sweep on a cluster costs its leader, whatever goes wrong: 10^5 points of a plugin that computes nothing on the virtual cluster of
 * the tests, three nodes on this machine. `npm run slurm-scale -w bench` prints the figures; SCALE_POINTS, in steps of 10^4, makes it smaller,
 * and arguments name the only faults to try.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { VirtualCluster } from '../test/virtual-cluster.mjs';
import { digestOf, freeProject } from './free-project.mjs';
import { count, table, timed } from './measure.mjs';

const POINTS = Number(process.env.SCALE_POINTS ?? 1e5);
/** A fault comes when so many of the points are there. */
const SHARE = 0.2;
const LOOK_MS = 100;
const CLOCK_TICKS = 100;

const LEADER = fileURLToPath(new URL('slurm-scale-child.mjs', import.meta.url));
const LOCAL = fileURLToPath(new URL('scale-child.mjs', import.meta.url));
const cluster = new VirtualCluster();

/** Each is given the sweep under way. */
const FAULTS = {
  none: () => undefined,
  'tasks killed': (run) => killAll(run.tasks()),
  'node down': () => cluster.setDown('n2'),
  'slurmd lost, its tasks go on': () => cluster.stopDaemon('n3', 'SIGKILL'),
  'node without power': async (run) => {
    await cluster.stopDaemon('n3', 'SIGKILL');
    killAll(run.tasks().filter(({ node }) => node === 'n3'));
  },
  'controller restarted': async () => {
    await cluster.stopDaemon('slurmctld', 'SIGTERM');
    await sleep(3000);
    cluster.startController();
  },
  'jobs forgotten': async () => {
    await cluster.stopDaemon('slurmctld', 'SIGKILL');
    cluster.startController(true);
  },
  'leader killed': (run) => run.killLeader(),
};

function killAll(tasks) {
  for (const { pid } of tasks) process.kill(pid, 'SIGKILL');
}

/** A sweep that is led by a process of its own, again by another when that is killed. */
class Run {
  #file;
  #out;
  #leader;
  /** Points of each submission, by its name. */
  #submissions = new Map();
  /** CPU seconds and peak MB of each leader, by its process. */
  #costs = new Map();

  constructor(folder, out) {
    this.#file = join(folder, 'slurm.yaml');
    this.#out = out;
  }

  /** @returns what came of it when `fault` strikes */
  async follow(fault) {
    const start = performance.now();
    const watching = setInterval(() => this.#look(), LOOK_MS);
    try {
      let ended = this.#lead();
      await this.#reach(SHARE * POINTS, ended);
      await fault(this);
      if (this.#leader.signalCode === 'SIGKILL') ended = this.#lead();
      const { status, stderr } = await ended;
      if (status !== 0) throw new Error(stderr);
      const seconds = (performance.now() - start) / 1000;
      return { seconds, submitted: [...this.#submissions.values()], costs: [...this.#costs.values()] };
    } finally {
      clearInterval(watching);
    }
  }

  tasks() {
    return cluster.tasks(`shard ${this.#out}/`);
  }

  async killLeader() {
    const ended = once(this.#leader, 'exit');
    this.#leader.kill('SIGKILL');
    await ended;
  }

  #lead() {
    const args = [LEADER, this.#file, this.#out];
    const env = { ...process.env, ...cluster.env };
    const leader = spawn(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
    this.#leader = leader;
    let stderr = '';
    leader.stderr.on('data', (text) => (stderr += String(text)));
    return once(leader, 'exit').then(([status]) => ({ status, stderr }));
  }

  /** Waits for so many records, or until the leader has ended. */
  async #reach(points, ended) {
    let isOver = false;
    void ended.then(() => (isOver = true));
    while (!isOver && (readJson(join(this.#out, 'progress.json'))?.points?.done ?? 0) < points) await sleep(LOOK_MS);
  }

  #look() {
    const shards = join(this.#out, 'shards');
    for (const name of existsSync(shards) ? readdirSync(shards) : []) {
      if (this.#submissions.has(name)) continue;
      const note = readJson(join(shards, name, 'submission.json'));
      if (note !== undefined) this.#submissions.set(name, note.shards.flat().length);
    }
    const cost = costOf(this.#leader.pid);
    if (cost !== undefined) this.#costs.set(this.#leader.pid, cost);
  }
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined; // none yet
  }
}

/** What a process has cost so far. */
function costOf(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
    const peakKb = /^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    if (peakKb === undefined) return undefined;
    return { cpuSeconds: (Number(fields[11]) + Number(fields[12])) / CLOCK_TICKS, peakMb: Number(peakKb) / 1e3 };
  } catch {
    return undefined; // it has ended
  }
}

async function rowOf(name, folder, expected) {
  const out = join(folder, 'out');
  const { seconds, submitted, costs } = await new Run(folder, out).follow(FAULTS[name]);
  const again = submitted.reduce((sum, points) => sum + points, 0) - POINTS;
  const cpuSeconds = costs.reduce((sum, cost) => sum + cost.cpuSeconds, 0);
  const peakMb = Math.max(...costs.map((cost) => cost.peakMb));
  const isEqual = digestOf(out) === expected ? 'yes' : 'NO';
  await cluster.mend();
  rmSync(out, { recursive: true });
  return [name, submitted.length, count(again), cpuSeconds.toFixed(1), count(peakMb), count(seconds), isEqual];
}

async function slurmScale(names) {
  const folder = freeProject('archon-slurm-scale-', POINTS);
  try {
    const free = join(folder, 'free.yaml');
    const executor = 'executor: { kind: slurm, pollS: 2, cpusPerTask: 2, pointsPerTask: 4000 }';
    writeFileSync(join(folder, 'slurm.yaml'), readFileSync(free, 'utf8').replace(/^executor: .*$/m, executor));
    const local = join(folder, 'local');
    await timed(process.execPath, [LOCAL, free, local]);
    const expected = digestOf(local);
    rmSync(local, { recursive: true });
    await cluster.start();
    const rows = [];
    for (const name of names) {
      rows.push(await rowOf(name, folder, expected));
      console.error(rows.at(-1).join(', '));
    }
    const head = ['fault', 'submissions', 'points resubmitted', 'leader CPU s', 'leader peak MB', 's', 'records equal'];
    return table(head, rows);
  } finally {
    await cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

const asked = process.argv.slice(2);
console.log(await slurmScale(asked.length > 0 ? asked : Object.keys(FAULTS)));
