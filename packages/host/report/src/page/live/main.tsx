import { Frame, startPage } from '../shared/frame.js';
import '../shared/style.css';
import { askedOf, SweepParts } from '../sweep/parts.js';
import { readAddress } from '../sweep/state/address.js';
import { GrowthSection } from './growth.js';
import { Run } from './run.js';
import { followBeside, followEvents, followLayers, followReports } from './state/follow.js';
import { keepLiveAddress } from './state/keep-live-address.js';
import { livePage, type LivePage } from './state/live-page.js';
import './style.css';
import { SweepList } from './sweep-list.js';
import { TwoSweeps } from './two-sweeps.js';
import { followTitle } from './title.js';

/** The list of sweeps, or one of them: how its run goes, and its report so far. */
function Live({ page }: { readonly page: LivePage }) {
  const sweeps = page.sweeps.value ?? [];
  const shown = sweeps.find(({ id }) => id === page.sweep.value);
  const report = page.report.value?.report;
  const isDrawn = (report?.summary.counts.feasible ?? 0) > 0;
  return (
    <Frame
      skipTo={shown === undefined ? [['sweeps', 'Sweeps']] : [['run', 'Run'], ...(isDrawn ? PARTS : [])]}
      title={shown?.name ?? 'Sweeps'}
      description={report?.summary.description}
      chips={report === undefined ? [] : askedOf(report)}
      notice={noticeOf(page)}
    >
      <SweepList page={page} />
      {shown !== undefined && <Shown page={page} />}
    </Frame>
  );
}

const PARTS: readonly (readonly [id: string, text: string])[] = [
  ['trade-offs', 'Plot'],
  ['points', 'Table of points'],
];

function Shown({ page }: { readonly page: LivePage }) {
  const report = page.report.value;
  return (
    <>
      <Run page={page} />
      <GrowthSection page={page} />
      {report !== undefined && report.report.points.length > 0 ? (
        <SweepParts page={report} />
      ) : (
        <p class="muted">No point has a record yet; the front is drawn as soon as one has.</p>
      )}
      <TwoSweeps page={page} />
    </>
  );
}

/** What keeps the page from showing what is. */
function noticeOf({ connection, sweeps, sweep, status }: LivePage): string {
  if (connection.value === 'lost') return 'The server does not answer; this is what it told last.';
  const { problem } = status.value ?? {};
  if (problem !== undefined) return [problem.message, problem.hint ?? ''].join(' ').trim();
  const isUnknown = sweep.value !== '' && sweeps.value?.every(({ id }) => id !== sweep.value) === true;
  return isUnknown ? 'The server knows no such sweep; it may have been moved or deleted.' : '';
}

startPage(() => {
  const page = livePage(location.search);
  followEvents(page);
  followReports(page, readAddress(location.hash));
  followLayers(page);
  followBeside(page);
  followTitle(page);
  keepLiveAddress(page);
  return <Live page={page} />;
});
