import { mkdtempSync, rmSync } from 'node:fs';
import { request, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { EvaluationRecord, Sweep } from '@archon-dse/core';
import { sha256 } from '@archon-dse/core/files';
import { nextRun, noteSweep, RecordWriter } from '@archon-dse/store';
import { onTestFinished } from 'vitest';
import { fakeRecords, fakeSweep } from '../../report/testing/fake-records.js';
import { serveSweeps, type Dashboard } from './server.js';

const SMALL = { variants: ['archon/a'], widths: [0.5, 1], meshes: [8, 16], glbKib: [32, 64], layers: 3 };

/** A folder that is removed after the test. */
export function tempDir(): string {
  const path = mkdtempSync(join(tmpdir(), 'archon-serve-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** Notes a sweep of invented points in a folder, without a record. */
export async function noteFake(folder: string, sweep: Partial<Sweep> = {}): Promise<readonly EvaluationRecord[]> {
  const records = fakeRecords(SMALL).map((record) => ({ ...record, pointId: sha256(record.pointId).slice(0, 16) }));
  await noteSweep(folder, {
    sweep: { ...fakeSweep(SMALL), ...sweep },
    pointIds: records.map(({ pointId }) => pointId),
  });
  return records;
}

/** Adds records as a run of their own does. */
export function addRecords(folder: string, records: readonly EvaluationRecord[]): void {
  const writer = new RecordWriter(folder, { run: nextRun(folder) });
  for (const record of records) writer.append(record);
  writer.close();
}

/** A dashboard on any free port, closed after the test. */
export async function dashboardOf(...folders: readonly string[]): Promise<Dashboard> {
  const dashboard = await serveSweeps({ folders, port: 0 });
  onTestFinished(() => dashboard.close());
  return dashboard;
}

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Asks as nothing but a test does: any path, method and headers, as they are. */
export function ask(
  { port }: Pick<Dashboard, 'port'>,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  method = 'GET',
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (body += chunk));
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body }));
    });
    asked.on('error', reject);
    asked.end();
  });
}

/** An event as a browser hears it. */
export interface Heard {
  readonly id: string;
  readonly kind: string;
  readonly data: unknown;
}

/** A stream of events, open until the test has finished. */
export async function listenTo(
  { url }: Pick<Dashboard, 'url'>,
  search = '',
  lastEventId?: string,
): Promise<{ readonly heard: Heard[]; readonly close: () => void; readonly newest: (kind: string) => unknown }> {
  const stop = new AbortController();
  onTestFinished(() => stop.abort());
  const headers = lastEventId === undefined ? {} : { 'Last-Event-ID': lastEventId };
  const response = await fetch(`${url}events${search}`, { headers, signal: stop.signal });
  const heard: Heard[] = [];
  void (async () => {
    let rest = '';
    const decoder = new TextDecoder();
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      const parts = (rest + decoder.decode(chunk, { stream: true })).split('\n\n');
      rest = parts.pop() ?? '';
      heard.push(...parts.flatMap(parsed));
    }
  })().catch(() => undefined); // closed by the test
  return { heard, close: () => stop.abort(), newest: (kind) => heard.findLast((event) => event.kind === kind)?.data };
}

function parsed(text: string): readonly Heard[] {
  const fields = new Map(
    text.split('\n').map((line) => [line.slice(0, line.indexOf(': ')), line.slice(line.indexOf(': ') + 2)]),
  );
  const kind = fields.get('event');
  return kind === undefined ? [] : [{ id: fields.get('id') ?? '', kind, data: JSON.parse(fields.get('data') ?? '') }];
}

/** Waits for something to be so, for ten seconds. */
export async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200 && !isSo(); tries++) await setTimeout(50);
}
