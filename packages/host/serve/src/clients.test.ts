import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { hostname } from 'node:os';
import { PROGRESS_SCHEMA_VERSION, type RunStatus } from '@archon-dse/core';
import type { LiveStatus } from '@archon-dse/report';
import { writeProgress } from '@archon-dse/store';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { EventStream } from './event-stream.js';
import { Hub } from './hub.js';
import { dashboardOf, listenTo, noteFake, tempDir, until } from './test-fixtures.js';

/** A response that takes no more than some characters until it is drained. */
class SlowResponse extends EventEmitter {
  isDestroyed = false;
  readonly texts: string[] = [];
  private room: number;
  constructor(room = Infinity) {
    super();
    this.room = room;
  }
  write(text: string): boolean {
    this.texts.push(text);
    this.room -= text.length;
    return this.room > 0;
  }
  destroy(): void {
    this.isDestroyed = true;
  }
  get asResponse(): ServerResponse {
    return this as unknown as ServerResponse;
  }
}

const events = (texts: readonly string[]) =>
  texts.map((text) => /^id: (.*)\nevent: (.*)\ndata: (.*)\n\n$/.exec(text)?.slice(1).join(' ') ?? text);

afterEach(() => {
  vi.useRealTimers();
});

describe('a slow client', () => {
  it('gets the newest of each kind once it has taken what there is, in the order of telling', () => {
    const response = new SlowResponse(40);
    const stream = new EventStream(response.asResponse, 'me');
    const tell = (order: number, kind: string): void => stream.send({ order, kind, data: `"${kind}${String(order)}"` });
    tell(1, 'status'); // takes the room that is left
    for (let order = 2; order < 1000; order += 2) {
      tell(order, 'status');
      tell(order + 1, 'growth');
    }
    tell(1000, 'status');
    expect(events(response.texts)).toEqual(['retry: 2000\n\n', 'me-1 status "status1"']);
    response.emit('drain'); // there is still no room for more than one
    response.emit('drain');
    response.emit('drain');
    expect(events(response.texts.slice(2))).toEqual(['me-999 growth "growth999"', 'me-1000 status "status1000"']);
  });

  it('is cut off when it takes nothing from one beat to the next, and not when it takes something', () => {
    const [stuck, slow] = [new SlowResponse(1), new SlowResponse(1)];
    const streams = [stuck, slow].map((response) => new EventStream(response.asResponse, 'me'));
    streams.forEach((stream) => stream.beat());
    streams[1]?.send({ order: 1, kind: 'status', data: '1' });
    slow.emit('drain');
    streams.forEach((stream) => stream.beat());
    expect([stuck.isDestroyed, slow.isDestroyed]).toEqual([true, false]);
    expect(stuck.texts).toHaveLength(1);
  });

  it('costs others nothing: events of many megabytes reach them whole', async () => {
    const folder = tempDir();
    await noteFake(folder);
    const dashboard = await dashboardOf(folder);
    const list = await listenTo(dashboard);
    await until(() => ((list.newest('sweeps') ?? []) as unknown[]).length === 1);
    const [{ id } = { id: '' }] = list.newest('sweeps') as { id: string }[];
    const stalled = connect(dashboard.port, '127.0.0.1');
    stalled.pause();
    stalled.write(`GET /events?sweep=${id} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
    const reader = await listenTo(dashboard, `?sweep=${id}`);
    const text = 'x'.repeat(8 << 20);
    for (const message of [`1 ${text}`, `2 ${text}`, `3 ${text}`]) {
      writeProgress(folder, { ...RUN, error: { message } });
      const told = (): string | undefined => (reader.newest('status') as LiveStatus | undefined)?.run?.error?.message;
      await until(() => told()?.slice(0, 2) === message.slice(0, 2));
      expect(told()).toBe(message);
    }
    expect(reader.newest('growth')).toBeDefined();
    stalled.destroy();
  });
});

describe('a stream on which nothing is told', () => {
  it('beats every quarter of a minute', () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
    const hub = new Hub([], '');
    const response = new SlowResponse();
    hub.join(response.asResponse, undefined, undefined);
    const told = response.texts.length;
    vi.advanceTimersByTime(61_000);
    expect(response.texts.slice(told)).toEqual([':\n\n', ':\n\n', ':\n\n', ':\n\n']);
    response.emit('close');
    expect(vi.getTimerCount()).toBe(0);
  });
});

const RUN: RunStatus = {
  schemaVersion: PROGRESS_SCHEMA_VERSION,
  state: 'done',
  leader: { pid: process.pid, host: hostname() },
  executor: { kind: 'serial' },
  points: { done: 8, total: 8, failed: 0, skipped: 0, elapsedMs: 10 },
  ...{ workers: [], stages: [], startedAt: '2026-01-01T00:00:00.000Z', updatedAt: '2026-01-01T00:00:00.000Z' },
};
