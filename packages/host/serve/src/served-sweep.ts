import { ArchonError, canonicalJson, fileRefusal } from '@archon-dse/core';
import { FrontGrowth, type Growth, type LiveReport, type LiveStatus } from '@archon-dse/report';
import { readProgress, runState } from '@archon-dse/store';
import { Body } from './body.js';
import type { FoundSweep } from './find-sweeps.js';
import { pageData, pointData } from './page-data.js';
import { SweepRecords } from './sweep-records.js';

/** A report is told of no oftener than this, and no oftener than so many times what making it takes. */
const REPORT_MS = 1500;
const REPORT_PACE = 5;
/** How long one look may work at the curve; the next goes on. */
const CURVE_MS = 150;
/** How long a folder that cannot be read is left alone. */
const REST_MS = 5000;

/** What a dashboard shows of one sweep, read from its folder; whoever runs it, on this machine or another, or nobody. */
export class ServedSweep {
  private readonly found: FoundSweep;
  private records: SweepRecords | undefined;
  private problem: LiveStatus['problem'];
  private restUntil = 0;
  private front = new FrontGrowth();
  /** What the front is of: another sweep, or another step, begins a new one. */
  private subject = '';
  private isNews = true;
  private announcedAt = -Infinity;
  private madeInMs = 0;
  private made: { readonly revision: number; readonly data: Body } | undefined;
  private announced: LiveReport = { revision: 0, records: 0 };

  constructor(found: FoundSweep) {
    this.found = found;
  }

  /** Reads what came since the last look. */
  look(): void {
    const nowMs = performance.now();
    if (this.problem !== undefined && nowMs < this.restUntil) return;
    try {
      this.records ??= new SweepRecords(this.found.path);
      this.grow(this.records);
      this.problem = undefined;
      this.announce(this.records, nowMs);
    } catch (error) {
      this.problem = problemOf(error);
      this.restUntil = nowMs + REST_MS;
      this.records?.close();
      this.records = undefined;
      this.subject = '';
    }
  }

  get status(): LiveStatus {
    const { records, problem } = this;
    const run = readProgress(this.found.path);
    return {
      state: run === undefined ? 'none' : runState(run, Date.now()),
      ...(run === undefined ? {} : { run }),
      ...{ records: records?.size ?? 0, total: records?.total ?? 0 },
      ...(problem === undefined ? {} : { problem }),
    };
  }

  get growth(): Growth {
    const endMs = performance.now() + CURVE_MS;
    return this.front.growth(() => performance.now() > endMs);
  }

  /** The report that can be had. */
  get report(): LiveReport {
    return this.announced;
  }

  /** Data of the report page; nothing where the folder cannot be read. */
  data(): Body | undefined {
    this.look(); // nobody may be watching this one
    const { records, announced } = this;
    if (records === undefined) return undefined;
    if (this.made?.revision !== announced.revision) {
      const beganMs = performance.now();
      this.made = { revision: announced.revision, data: new Body(pageData(records)) };
      this.madeInMs = performance.now() - beganMs;
    }
    return this.made.data;
  }

  /** The same of one point, with its layers; nothing where it has no record. */
  point(id: string): Body | undefined {
    this.look();
    const data = this.records && pointData(this.records, id);
    return data === undefined ? undefined : new Body(data);
  }

  close(): void {
    this.records?.close();
  }

  private grow(records: SweepRecords): void {
    const arrivals = records.arrivals();
    const { sweep, confirmations = [] } = records.note;
    const confirmed = new Set(confirmations.map(({ pointId }) => pointId));
    const isRefining = [...confirmed].some((id) => records.has(id));
    const subject = canonicalJson([sweep, isRefining]);
    const isOf = (id: string): boolean => !isRefining || confirmed.has(id);
    const isNew = subject !== this.subject;
    if (isNew) this.front = new FrontGrowth();
    for (const { id, costs } of isNew ? records.again(isOf) : arrivals) if (isOf(id)) this.front.add(costs);
    this.subject = subject;
    this.isNews ||= isNew || arrivals.length > 0;
  }

  private announce(records: SweepRecords, nowMs: number): void {
    if (!this.isNews || nowMs - this.announcedAt < Math.max(REPORT_MS, REPORT_PACE * this.madeInMs)) return;
    this.isNews = false;
    this.announcedAt = nowMs;
    this.announced = { revision: this.announced.revision + 1, records: records.size };
  }
}

function problemOf(error: unknown): NonNullable<LiveStatus['problem']> {
  const first = error instanceof ArchonError ? error.diagnostics[0] : fileRefusal(error);
  if (first === undefined) return { message: error instanceof Error ? error.message : String(error) };
  return { message: first.message, ...(first.hint === undefined ? {} : { hint: first.hint }) };
}
