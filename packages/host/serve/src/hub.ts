import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { readProgress, runState } from '@archon-dse/store';
import type { ServedSweep as Entry } from '@archon-dse/report';
import { EventStream, heardUntil, type Told } from './event-stream.js';
import { findSweeps, type FoundSweep } from './find-sweeps.js';
import { ServedSweep } from './served-sweep.js';
import { SweepNames } from './sweep-names.js';

/** How often folders are looked at while somebody watches. */
const LOOK_MS = 500;
const FIND_MS = 2000;
const BEAT_MS = 15_000;
/** A sweep that nobody watches is forgotten after this long. */
const FORGET_MS = 60_000;

interface Client {
  readonly stream: EventStream;
  /** The sweep it watches beside the list of all. */
  readonly sweep: string | undefined;
}

/** Looks at the folders while somebody watches, and tells every client what is new of what it watches. */
export class Hub {
  private readonly folders: readonly string[];
  private readonly cwd: string;
  private readonly server = randomBytes(6).toString('hex');
  private readonly clients = new Set<Client>();
  private readonly served = new Map<string, { readonly sweep: ServedSweep; watchedAt: number }>();
  private readonly told = new Map<string, Told>();
  private readonly names = new SweepNames();
  private found: readonly FoundSweep[] = [];
  private foundAt = -Infinity;
  private beatAt = 0;
  private order = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(folders: readonly string[], cwd: string) {
    this.folders = folders;
    this.cwd = cwd;
  }

  get size(): number {
    return this.clients.size;
  }

  /** The sweep of an id; nothing where none is found. */
  sweep(id: string): ServedSweep | undefined {
    this.find();
    const found = this.found.find((one) => one.id === id);
    if (found === undefined) return undefined;
    const known = this.served.get(id) ?? { sweep: new ServedSweep(found), watchedAt: 0 };
    known.watchedAt = performance.now();
    this.served.set(id, known);
    return known.sweep;
  }

  /** Tells a client what there is, or what is new since it heard something last, and goes on until it leaves. */
  join(response: ServerResponse, sweep: string | undefined, lastEventId: unknown): void {
    const client = { stream: new EventStream(response, this.server), sweep };
    this.look();
    if (sweep !== undefined) this.tellSweep(sweep);
    const heard = heardUntil(lastEventId, this.server);
    const news = [...this.told].filter(([key, { order }]) => concerns(key, client) && order > heard);
    for (const [, told] of news.sort(([, a], [, b]) => a.order - b.order)) client.stream.send(told);
    this.clients.add(client);
    this.timer ??= setInterval(() => this.look(), LOOK_MS);
    response.on('close', () => {
      this.clients.delete(client);
      if (this.clients.size > 0) return;
      clearInterval(this.timer);
      this.timer = undefined;
    });
  }

  close(): void {
    clearInterval(this.timer);
    for (const { stream } of this.clients) stream.end();
    for (const { sweep } of this.served.values()) sweep.close();
  }

  private look(): void {
    const nowMs = performance.now();
    this.find();
    this.tell(
      'sweeps',
      'sweeps',
      this.found.map((one) => entryOf(one, this.names.nameOf(one))),
    );
    for (const id of new Set([...this.clients].flatMap(({ sweep }) => sweep ?? []))) this.tellSweep(id);
    if (nowMs - this.beatAt >= BEAT_MS) {
      this.beatAt = nowMs;
      for (const { stream } of this.clients) stream.beat();
    }
    for (const [id, { sweep, watchedAt }] of this.served) {
      if (nowMs - watchedAt < FORGET_MS) continue;
      sweep.close();
      this.served.delete(id);
    }
  }

  private find(): void {
    const nowMs = performance.now();
    if (nowMs - this.foundAt < FIND_MS) return;
    this.foundAt = nowMs;
    this.found = findSweeps(this.folders, this.cwd);
  }

  private tellSweep(id: string): void {
    const sweep = this.sweep(id);
    if (sweep === undefined) return;
    sweep.look();
    this.tell(`${id} status`, 'status', sweep.status);
    this.tell(`${id} growth`, 'growth', sweep.growth);
    this.tell(`${id} report`, 'report', sweep.report);
  }

  private tell(key: string, kind: string, value: unknown): void {
    const data = JSON.stringify(value);
    if (this.told.get(key)?.data === data) return;
    const told = { order: ++this.order, kind, data };
    this.told.set(key, told);
    for (const client of this.clients) if (concerns(key, client)) client.stream.send(told);
  }
}

function concerns(key: string, { sweep }: Client): boolean {
  return key === 'sweeps' || key.split(' ')[0] === sweep;
}

function entryOf(found: FoundSweep, name: string): Entry {
  const run = readProgress(found.path);
  return {
    ...{ id: found.id, name, folder: found.folder },
    state: run === undefined ? 'none' : runState(run, Date.now()),
    ...(run?.points === undefined ? {} : { points: run.points }),
    ...(run === undefined ? {} : { updatedAt: run.updatedAt }),
  };
}
