import { signal, type Signal } from '@preact/signals';
import type { Growth } from '../../../live/front-growth.js';
import type { LiveReport, LiveStatus, ServedSweep } from '../../../live/live-model.js';
import type { Address } from '../../sweep/state/address.js';
import type { Report } from '../../sweep/state/report.js';
import { addressOf, sweepPage, type FetchedLayers, type SweepPage } from '../../sweep/state/sweep-page.js';

/** What the dashboard knows, as it hears it, and what the reader chose. */
export interface LivePage {
  /** Ids of the sweep that is shown and of the one beside it; empty without. */
  readonly sweep: Signal<string>;
  readonly beside: Signal<string>;
  readonly connection: Signal<'opening' | 'open' | 'lost'>;
  /** Absent until the server has told. */
  readonly sweeps: Signal<readonly ServedSweep[] | undefined>;
  readonly status: Signal<LiveStatus | undefined>;
  readonly growth: Signal<Growth | undefined>;
  /** The report that can be fetched, and the one that was. */
  readonly offered: Signal<LiveReport>;
  readonly report: Signal<SweepPage | undefined>;
  /** The other sweep's. */
  readonly other: Signal<Report | undefined>;
  readonly fetched: Signal<FetchedLayers>;
}

/** @param search - of the address: `?sweep=ID&beside=ID` */
export function livePage(search: string): LivePage {
  const asked = new URLSearchParams(search);
  return {
    sweep: signal(asked.get('sweep') ?? ''),
    beside: signal(asked.get('beside') ?? ''),
    connection: signal('opening'),
    sweeps: signal(undefined),
    status: signal(undefined),
    growth: signal(undefined),
    offered: signal({ revision: 0, records: 0 }),
    report: signal(undefined),
    other: signal(undefined),
    fetched: signal(new Map()),
  };
}

/** The search of the address that names what is shown. */
export function searchOf(sweep: string, beside = ''): string {
  return `?${new URLSearchParams({ sweep, ...(beside === '' ? {} : { beside }) }).toString()}`;
}

/** The page of a newer report, in which everything that the reader chose stays chosen. */
export function renewed(
  page: SweepPage | undefined,
  report: Report,
  first: Address,
  fetched: LivePage['fetched'],
): SweepPage {
  return sweepPage(report, page === undefined ? first : whollyAddressed(page), fetched);
}

/** Also what the page chose by itself, so that axes and colours do not change under the eyes of a reader. */
function whollyAddressed(page: SweepPage): Address {
  const { x, y, logX, logY } = page.view.value;
  return { ...addressOf(page), x, y, logX, logY, color: page.colorBy.value };
}
