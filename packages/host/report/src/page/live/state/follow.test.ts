import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { fakeRecords, fakeSweep } from '../../../../testing/fake-records.js';
import { buildReport } from '../../../build-report.js';
import { recordsSource } from '../../../points/source.js';
import { toPageData } from '../../../render/page-data.js';
import { readAddress } from '../../sweep/state/address.js';
import { followReports } from './follow.js';
import { livePage } from './live-page.js';

const SMALL = { variants: ['archon/a'], widths: [1], meshes: [8, 16], glbKib: [32, 64], layers: 1 };
const answerOf = (points: number) => {
  const records = recordsSource(fakeRecords(SMALL).slice(0, points));
  return new Response(JSON.stringify(toPageData(buildReport(fakeSweep(SMALL), records))));
};
const fetched = vi.fn<(address: string) => Promise<Response>>();

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('fetch', fetched);
});
afterEach(() => {
  fetched.mockReset();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

it('fetches a report again that did not arrive, as none other may be offered', async () => {
  fetched
    .mockRejectedValueOnce(new TypeError('network error'))
    .mockResolvedValueOnce(new Response('', { status: 404 }))
    .mockResolvedValueOnce(answerOf(3));
  const page = livePage('?sweep=abc');
  followReports(page, readAddress(''));
  expect(fetched).not.toHaveBeenCalled();
  page.offered.value = { revision: 1, records: 3 };
  await vi.advanceTimersByTimeAsync(4000);
  expect(fetched.mock.calls).toEqual([['report?sweep=abc']]);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(fetched).toHaveBeenCalledTimes(3);
  expect(page.report.value?.report.points).toHaveLength(3);
});

it('fetches of several that were offered meanwhile the last', async () => {
  let answer: (response: Response) => void = () => undefined;
  fetched.mockReturnValueOnce(new Promise((resolve) => (answer = resolve))).mockResolvedValueOnce(answerOf(4));
  const page = livePage('?sweep=abc');
  followReports(page, readAddress(''));
  for (const revision of [1, 2, 3]) page.offered.value = { revision, records: revision };
  answer(answerOf(1));
  await vi.advanceTimersByTimeAsync(0);
  expect(fetched).toHaveBeenCalledTimes(2);
  expect(page.report.value?.report.points).toHaveLength(4);
});
