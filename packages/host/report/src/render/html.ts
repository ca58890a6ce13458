import * as bundle from '#pages/sweep';
import { partialMark, partialNotice } from '../explain.js';
import type { ReportModel } from '../report-model.js';
import { renderDocument } from './document.js';
import { toPageData } from './page-data.js';

/** `report.html`: the report of a sweep as one self-contained page that works offline. */
export function renderHtml(model: ReportModel): string {
  return renderDocument({
    title: [model.name, partialMark(model.counts)].filter(Boolean).join(', '),
    noScript: [
      partialNotice(model.counts),
      'This report draws itself with a script it carries; allow scripts to read it.',
      'The same numbers are in summary.json and pareto.csv.',
    ]
      .filter(Boolean)
      .join(' '),
    data: { isPacked: true, value: toPageData(model) },
    bundle,
  });
}
