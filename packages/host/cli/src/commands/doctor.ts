import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, freemem, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { KINDS } from '@archon-dse/core';
import type { BackendReport } from '@archon-dse/training';
import type { Context } from '../context.js';
import { loadNamed } from '../host.js';
import { OWN_PACKAGE } from '../own-package.js';
import { formatNumber } from '../terminal/format.js';
import { EXIT } from '../terminal/output.js';
import { probeBackends } from '../training/probe-backends.js';
import { formatTable } from '../terminal/table.js';

interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly found: string;
  /** What to do when it is not ok. */
  readonly advice?: string;
}

/** `archon doctor`: can this machine run everything. */
export async function doctor(context: Context, flags: { readonly json?: boolean }): Promise<void> {
  const checks = [
    checkNode(),
    checkMachine(),
    await checkThreads(),
    checkTemporaryFolder(),
    await checkPlugins(context),
  ];
  const ok = checks.every((check) => check.ok);
  context.output.live(['Training with every backend for a second']);
  const backends = await probeBackends();
  context.output.live([]);
  if (flags.json) context.output.json({ ok, checks, backends });
  else context.output.result(`${doctorText(checks)}\n${backendsText(backends)}`);
  if (!ok) context.setExitCode(EXIT.internal);
}

function doctorText(checks: readonly Check[]): string {
  const rows = checks.map(({ ok, name, found, advice }) => [ok ? 'ok' : 'FAILED', name, found, advice ?? '']);
  return formatTable(['', 'check', 'found', 'what to do'], rows);
}

function backendsText(backends: readonly BackendReport[]): string {
  const rows = backends.map(({ id, chosen, description, imagesPerSecond, problem, advice }) => [
    chosen ? `${id} (auto)` : id,
    imagesPerSecond === null ? '-' : formatNumber(Number(imagesPerSecond.toPrecision(3))),
    description ?? `not usable: ${shorten(problem ?? '')}`,
    advice ?? '',
  ]);
  return formatTable(['backend', 'images/s', 'found', 'what to do'], rows);
}

/** Native libraries name their source files first and say what happened last. */
function shorten(problem: string): string {
  return problem.length <= 90 ? problem : `${problem.slice(0, 40)} ... ${problem.slice(-45)}`;
}

function checkNode(): Check {
  const numbers = (text: string): readonly number[] => (/\d+\.\d+/.exec(text)?.[0] ?? '').split('.').map(Number);
  const { node } = OWN_PACKAGE.engines;
  const [[leastMajor = 0, leastMinor = 0], [major = 0, minor = 0]] = [numbers(node), numbers(process.version)];
  const ok = major > leastMajor || (major === leastMajor && minor >= leastMinor);
  const name = `Node ${node.replace('>=', '>= ')}`;
  return { name, ok, found: process.version, ...(ok ? {} : { advice: 'install a newer Node' }) };
}

function checkMachine(): Check {
  const gib = (bytes: number): string => (bytes / 2 ** 30).toFixed(1);
  const found = `${process.platform} ${process.arch}, ${String(availableParallelism())} cores, ${gib(freemem())} of ${gib(totalmem())} GiB free`;
  return { name: 'machine', ok: true, found };
}

async function checkThreads(): Promise<Check> {
  const name = 'worker threads';
  try {
    const worker = new Worker("require('node:worker_threads').parentPort.postMessage('ok')", {
      eval: true,
      execArgv: [],
    });
    const answer: unknown = await new Promise((resolve, reject) =>
      worker.once('message', resolve).once('error', reject),
    );
    await worker.terminate();
    return { name, ok: answer === 'ok', found: 'a thread answered' };
  } catch (error) {
    return { name, ok: false, found: String(error), advice: 'use executor: {kind: serial} in the sweep' };
  }
}

function checkTemporaryFolder(): Check {
  const name = 'files can be written';
  try {
    const folder = mkdtempSync(join(tmpdir(), 'archon-doctor-'));
    writeFileSync(join(folder, 'x'), 'x');
    rmSync(folder, { recursive: true });
    return { name, ok: true, found: tmpdir() };
  } catch (error) {
    return { name, ok: false, found: String(error), advice: 'set TMPDIR to a folder you may write to' };
  }
}

async function checkPlugins(context: Context): Promise<Check> {
  const name = 'built-in plugins';
  try {
    const { registry } = await loadNamed(context, []);
    const ids = KINDS.flatMap((kind) => registry.list(kind).map(({ id }) => id));
    return { name, ok: true, found: ids.join(', ') };
  } catch (error) {
    return {
      name,
      ok: false,
      found: error instanceof Error ? error.message : String(error),
      advice: 'install archon-dse again',
    };
  }
}
