import { metricTitle } from '@archon-dse/core';
import { boundsText, reportWords } from '../../explain.js';
import { searchWords } from '../../search-summary.js';
import { Origins } from './closing.js';
import { Compare } from './compare.js';
import { Details } from './details.js';
import { Execution } from './execution.js';
import { Layers } from './layers.js';
import { Excluded, NoFront } from './off-front.js';
import { Importances, Options } from './options.js';
import { Groups, Tiles } from './overview.js';
import { Parallel } from './parallel.js';
import { PointsTable } from './points-table.js';
import { Refined } from './refined.js';
import { TradeOffs } from './scatter.js';
import type { Report } from './state/report.js';
import type { SweepPage } from './state/sweep-page.js';
import './style.css';

/** The parts of a report, one below the other. */
export function SweepParts({ page }: { readonly page: SweepPage }) {
  const { report, axes } = page;
  const isDrawn = report.summary.counts.feasible > 0;
  return (
    <>
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
    </>
  );
}

/** What the sweep asked for, in a few words each. */
export function askedOf({ summary, points }: Report): readonly string[] {
  const { objectives, constraints, groupBy, refinement, search, seed, derived } = summary;
  const words = reportWords(points, derived);
  return [
    ...objectives.map(({ metric, direction }) => `${direction} ${metricTitle(metric).toLowerCase()}`),
    ...constraints.map((constraint) => boundsText(constraint, words)),
    ...(groupBy === undefined ? [] : [`fronts by ${groupBy}`]),
    ...(refinement === undefined
      ? []
      : [`refine ${refinement.top === 'front' ? 'the front' : `the best ${refinement.top}`}`]),
    ...(search === undefined ? [] : searchWords(search)),
    `seed ${seed}`,
  ];
}
