import { metricTitle } from '@archon-dse/core';
import { boundsText, partialNotice, reportWords } from '../../explain.js';
import type { PageData } from '../../render/page-data.js';
import { Frame, startPage } from '../shared/frame.js';
import '../shared/style.css';
import { Origins } from './closing.js';
import { Compare } from './compare.js';
import { Details } from './details.js';
import { Execution } from './execution.js';
import { keepAddress } from './keep-address.js';
import { Layers } from './layers.js';
import { Excluded, NoFront } from './off-front.js';
import { Importances, Options } from './options.js';
import { Groups, Tiles } from './overview.js';
import { Parallel } from './parallel.js';
import { PointsTable } from './points-table.js';
import { Refined } from './refined.js';
import { TradeOffs } from './scatter.js';
import { readAddress } from './state/address.js';
import { readReport, type Report } from './state/report.js';
import { sweepPage, type SweepPage } from './state/sweep-page.js';
import './style.css';

function Sweep({ page }: { readonly page: SweepPage }) {
  const { report, axes } = page;
  const { name, description, counts } = report.summary;
  const isDrawn = counts.feasible > 0;
  return (
    <Frame
      skipTo={[isDrawn ? ['trade-offs', 'Plot'] : ['no-front', 'Why there is no plot'], ['points', 'Table of points']]}
      title={name}
      description={description}
      chips={askedOf(report)}
      notice={partialNotice(counts)}
    >
      <Tiles page={page} />
      <div class="split">
        <div class="column">
          {isDrawn ? <TradeOffs page={page} /> : <NoFront page={page} />}
          {isDrawn && <Groups report={report} />}
          {isDrawn ? <Importances report={report} /> : <PointsTable page={page} />}
        </div>
        <Details page={page} />
      </div>
      <Refined page={page} />
      <Compare page={page} />
      {isDrawn && axes.length > 1 && <Parallel page={page} />}
      {isDrawn && <PointsTable page={page} />}
      <Execution page={page} />
      <Layers page={page} />
      {isDrawn && <Options report={report} />}
      <Excluded page={page} />
      <Origins report={report} />
    </Frame>
  );
}

/** What the sweep asked for, in a few words each. */
function askedOf({ summary, points }: Report): readonly string[] {
  const { objectives, constraints, groupBy, refinement, seed, derived } = summary;
  const words = reportWords(points, derived);
  return [
    ...objectives.map(({ metric, direction }) => `${direction} ${metricTitle(metric).toLowerCase()}`),
    ...constraints.map((constraint) => boundsText(constraint, words)),
    ...(groupBy === undefined ? [] : [`fronts by ${groupBy}`]),
    ...(refinement === undefined
      ? []
      : [`refine ${refinement.top === 'front' ? 'the front' : `the best ${refinement.top}`}`]),
    `seed ${seed}`,
  ];
}

startPage((data: PageData) => {
  const page = sweepPage(readReport(data), readAddress(location.hash));
  keepAddress(page);
  // An address that somebody edits is that of another view.
  window.addEventListener('hashchange', () => location.reload());
  return <Sweep page={page} />;
});
