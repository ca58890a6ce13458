import { effect } from '@preact/signals';
import type { PageData } from '../../../render/page-data.js';
import type { Address } from '../../sweep/state/address.js';
import { readReport, type Report } from '../../sweep/state/report.js';
import { renewed, searchOf, type LivePage } from './live-page.js';

/** What failed is tried again after so long. A browser opens a stream again by itself unless the server refused. */
const RETRY_MS = 5000;

/** Hears the server's events for as long as the page is open. */
export function followEvents(page: LivePage): void {
  let source: EventSource | undefined;
  const open = (): void => {
    source?.close();
    source = new EventSource(page.sweep.value === '' ? 'events' : `events${searchOf(page.sweep.value)}`);
    source.addEventListener('open', () => (page.connection.value = 'open'));
    source.addEventListener('error', () => {
      page.connection.value = 'lost';
      if (source?.readyState === EventSource.CLOSED) setTimeout(open, RETRY_MS);
    });
    for (const [kind, to] of Object.entries(heard(page))) {
      source.addEventListener(kind, ({ data }: MessageEvent<string>) => to(JSON.parse(data)));
    }
  };
  open();
  let shown = page.sweep.value;
  effect(() => {
    if (page.sweep.value === shown) return;
    shown = page.sweep.value;
    open();
  });
}

/** Where what the server tells goes, by the kind of the event. */
function heard(page: LivePage): Readonly<Record<string, (value: unknown) => void>> {
  const into =
    <T>(signal: { value: T }) =>
    (value: unknown): void => {
      signal.value = value as T;
    };
  return {
    sweeps: into(page.sweeps),
    status: into(page.status),
    growth: into(page.growth),
    report: into(page.offered),
  };
}

/**
 * Fetches each report that is offered, one after the other; of several that were offered meanwhile the last. One that did not arrive is
 * fetched again: of a sweep that is over no other is offered, and a stream that breaks goes on behind what was told.
 */
export function followReports(page: LivePage, first: Address): void {
  let isFetching = false;
  const fetchNewest = async (): Promise<void> => {
    if (isFetching) return;
    isFetching = true;
    for (let fetched = 0; fetched !== page.offered.value.revision;) {
      const { revision } = page.offered.value;
      const report = await fetchReport(`report${searchOf(page.sweep.value)}`);
      if (report === undefined) {
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
        continue;
      }
      fetched = revision;
      page.report.value = renewed(page.report.value, report, first, page.fetched);
    }
    isFetching = false;
  };
  effect(() => {
    if (page.offered.value.revision > 0) void fetchNewest();
  });
}

/** Fetches the layers of chosen points whose own are not in the report. */
export function followLayers(page: LivePage): void {
  const asked = new Set<string>();
  effect(() => {
    const { chosen, kept } = page.report.value ?? {};
    for (const point of [chosen?.value, ...(kept?.value ?? [])]) {
      if (point === undefined || point.hasLayers || point.state === 'failed' || asked.has(point.id)) continue;
      asked.add(point.id);
      void fetchLayers(page, point.id).then((isThere) => {
        if (!isThere) asked.delete(point.id); // chosen again, it is asked for again
      });
    }
  });
}

async function fetchLayers(page: LivePage, id: string): Promise<boolean> {
  const report = await fetchReport(`point${searchOf(page.sweep.value)}&${new URLSearchParams({ id }).toString()}`);
  const layers = report?.points[0]?.layers();
  if (layers !== undefined) page.fetched.value = new Map([...page.fetched.value, [id, layers]]);
  return layers !== undefined;
}

/** The report of a sweep beside that runs is fetched again so often. */
const BESIDE_MS = 10_000;

/** Fetches the report of the sweep beside, whenever another is chosen, and again while it runs. */
export function followBeside(page: LivePage): void {
  effect(() => {
    const id = page.beside.value;
    page.other.value = undefined;
    if (id === '') return undefined;
    const fetchOther = (): void => {
      void fetchReport(`report${searchOf(id)}`).then((report) => {
        if (page.beside.value === id && report !== undefined) page.other.value = report;
      });
    };
    fetchOther();
    const timer = setInterval(() => {
      if (page.sweeps.peek()?.find((sweep) => sweep.id === id)?.state === 'running') fetchOther();
    }, BESIDE_MS);
    return () => clearInterval(timer);
  });
}

/** A report of the server; nothing where it has none, or is gone, which the stream of events tells. */
async function fetchReport(address: string): Promise<Report | undefined> {
  try {
    const response = await fetch(address);
    return response.ok ? readReport((await response.json()) as PageData) : undefined;
  } catch {
    return undefined;
  }
}
