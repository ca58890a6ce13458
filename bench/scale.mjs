/**
 * What a large sweep costs beside its points: 10^5 points of a plugin that computes nothing, real points, sweeps that are killed, and 10^6
 * records opened. SCALE_POINTS, in steps of 10^4, and SCALE_RECORDS make it smaller.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { seededRandom } from '@archon-dse/core';
import { openStore, RecordWriter } from '@archon-dse/store';
import { digestOf, freeProject } from './free-project.mjs';
import { count, table, timed } from './measure.mjs';

const POINTS = Number(process.env.SCALE_POINTS ?? 1e5);
const RECORDS = Number(process.env.SCALE_RECORDS ?? 1e6);

const KILLS = 5;

const ARCHON = fileURLToPath(new URL('../packages/host/cli/bin/archon.js', import.meta.url));
const REPORT_FILES = ['report.html', 'summary.json', 'pareto.csv', 'report.md', 'front.svg'];
const CHILD = fileURLToPath(new URL('scale-child.mjs', import.meta.url));

/** sweeps/archon-pe-scaling.yaml with more values on its axes. */
const REAL_SWEEP = `
apiVersion: archon/v1
name: real
networks:
  - { use: fusionet, options: { dataset: cifar10 } }
  - { use: mobilenet-v2, options: { variant: modified, dataset: cifar10 } }
accelerators:
  - use: archon
    options: { pointwiseDensity: 0.2, depthwiseDensity: 0.3 }
    axes:
      meshX: [4, 8, 16, 32]
      meshY: [2, 4, 8, 16, 32]
      addersPerPe: [4, 8, 16, 32]
      glbKib: [64, 68, 72, 76, 80, 84, 90, 94, 100, 106, 112, 120, 128, 136, 144, 152, 160, 170, 180, 190, 200, 210]
      psumSpadWords: [16, 32, 64]
objectives: [cycles, energyPj, areaUm2]
groupBy: network
executor: { kind: workerpool, workers: 2 }
`;

const sweep = async (folder, name, ...keepDir) => {
  const { stdout } = await timed(process.execPath, [
    CHILD,
    join(folder, `${name}.yaml`),
    join(folder, name),
    ...keepDir,
  ]);
  return JSON.parse(stdout);
};

function bytesOf(outDir) {
  const results = join(outDir, 'results');
  return readdirSync(results).reduce((sum, name) => sum + statSync(join(results, name)).size, 0);
}

/** `archon sweep` of the free points, as a user runs it. */
const commandOf = (folder, out) => [ARCHON, 'sweep', join(folder, 'free.yaml'), '--out', join(folder, out)];

/** The same sweep, killed at random moments and resumed: what it had each time, and whether records and report are the same in the end. */
async function killed(folder, seconds) {
  const out = join(folder, 'killed');
  const random = seededRandom(1, 'kills');
  const kept = [];
  for (let kill = 0; kill < KILLS; kill += 1) {
    const child = spawn(process.execPath, commandOf(folder, 'killed'), { stdio: 'ignore' });
    const ended = once(child, 'exit');
    await Promise.race([ended, sleep(1000 * (1 + (2 * random() * seconds) / KILLS))]);
    if (child.exitCode !== null) throw new Error('the sweep was over before it was killed');
    child.kill('SIGKILL');
    await ended;
    const store = openStore(out);
    kept.push(store.size);
    store.close();
  }
  await timed(process.execPath, commandOf(folder, 'killed'));
  const undisturbed = join(folder, 'free');
  const isSameFile = (name) => readFileSync(join(out, name)).equals(readFileSync(join(undisturbed, name)));
  const differ = REPORT_FILES.filter((name) => !isSameFile(name));
  if (digestOf(out) !== digestOf(undisturbed)) differ.push('records');
  return { kept, differ };
}

/** Records of the free sweep, written again under other ids, then opened in a process of its own. */
async function opened(folder) {
  const out = join(folder, 'many');
  mkdirSync(out);
  const source = openStore(join(folder, 'free'));
  const writer = new RecordWriter(out, { run: 1 });
  for (let number = 0; number < RECORDS;) {
    for (const record of source.records()) {
      if (number === RECORDS) break;
      const pointId = ((0x9e3779b97f4a7c15n * BigInt(++number)) % 2n ** 64n).toString(16).padStart(16, '0');
      writer.append({ ...record, pointId });
    }
  }
  writer.close();
  const code = `
    import { openStore } from '${import.meta.resolve('@archon-dse/store')}';
    const start = performance.now();
    const store = openStore(process.argv[1]);
    const opened = performance.now();
    const seen = store.heads()[Symbol.iterator]().next().value.status;
    console.log(JSON.stringify({ size: store.size, seconds: (opened - start) / 1000, seen, peakMb: process.resourceUsage().maxRSS / 1e3 }));`;
  const { stdout } = await timed(process.execPath, ['--input-type=module', '--eval', code, out]);
  return JSON.parse(stdout);
}

/** Figures of a sweep, and of a second run that finds all of its points evaluated. */
async function twice(folder, name, ...keepDir) {
  const first = await sweep(folder, name, ...keepDir);
  const { seconds } = await sweep(folder, name, ...keepDir);
  return { ...first, bytes: bytesOf(join(folder, name)), resumeSeconds: seconds };
}

const rowOf = ({ points, cpuSeconds: cpu, quarters, peakMb, bytes, resumeSeconds }) => [
  ...[count(points), ((1000 * cpu) / points).toFixed(3), quarters.join(', '), count(peakMb)],
  ...[count(bytes / points), resumeSeconds.toFixed(1)],
];

export async function scale() {
  const folder = freeProject('archon-scale-', POINTS);
  writeFileSync(join(folder, 'real.yaml'), REAL_SWEEP);
  try {
    const free = await twice(folder, 'free');
    const real = await twice(folder, 'real', join(folder, 'kept'));
    const again = await timed(process.execPath, commandOf(folder, 'free'));
    const { kept, differ } = await killed(folder, free.seconds);
    const many = await opened(folder);
    const head = ['points', '', 'CPU ms a point', 'MB at each quarter', 'peak MB', 'bytes a point', 'resume, s'];
    const figures = table(head, [
      ['free', ...rowOf(free)],
      ['real', ...rowOf(real)],
    ]);
    const [end, same] = [differ.length === 0 ? 'the same' : 'NOT the same', differ.join(', ') || 'records and report'];
    return [
      figures,
      `\`archon sweep\` once more on the ${count(free.points)} free points, its report included: ${again.seconds.toFixed(1)} s.`,
      `Killed with -9 when ${kept.map(count).join(', ')} records were there, then run to its end: ${end} ${same} as undisturbed.`,
      `${count(many.size)} records opened in ${many.seconds.toFixed(1)} s and ${count(many.peakMb)} MB.`,
    ].join('\n\n');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
