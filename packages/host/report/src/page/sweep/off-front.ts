import { boundsText, constraintText, noFrontText, reasonOrigin, reportWords } from '../../explain.js';
import type { ReasonSummary } from '../../report-model.js';
import { button, h, section, textTable, type Child } from '../shared/dom.js';
import type { Report } from './report.js';
import type { PageState } from './state.js';

/** Where the plot would be when there is nothing to draw: why no point is feasible, and how near the points come. */
export function noFrontSection(report: Report, state: PageState): HTMLElement {
  const { summary, points } = report;
  const words = reportWords(points);
  const checks = summary.constraintChecks.map((check) =>
    h(
      'li',
      {},
      constraintText(check, words),
      ...(check.nearest === undefined ? [] : [' ', showButton(check.nearest.id, 'Show it', state)]),
    ),
  );
  return section(
    'no-front',
    'No front to draw',
    noFrontText(summary),
    checks.length === 0 ? undefined : h('ul', { class: 'rules' }, ...checks),
    summary.reasons.length === 0 ? undefined : reasonTable(report, state),
  );
}

/** Why points are off the fronts, equal reasons once; each with a point to look at. */
export function excludedSection(report: Report, state: PageState): HTMLElement | undefined {
  const { counts } = report.summary;
  if (counts.points === counts.feasible || counts.feasible === 0) return undefined;
  return section(
    'excluded',
    'Points off the fronts',
    'They stay in the journal and in the table above; no front, knee or best value counts them.',
    reasonTable(report, state),
  );
}

function reasonTable({ summary, points, byId }: Report, state: PageState): HTMLElement {
  const words = reportWords(points);
  const reasons = summary.reasons.map((reason): Child[] => [
    String(reason.points),
    badge(reason),
    h(
      'div',
      {},
      reason.reason,
      ...[reasonOrigin(reason), reason.hint ?? '']
        .filter(Boolean)
        .map((text) => h('small', { class: 'muted' }, ` ${text}`)),
    ),
    showButton(reason.example, byId.get(reason.example)?.label ?? reason.example, state),
  ]);
  const outside = summary.constraintChecks
    .filter((check) => check.kept < check.points)
    .map((check): Child[] => {
      const { metric, min = -Infinity, max = Infinity } = check;
      const example = points.find(({ metrics }) => (metrics[metric] ?? min) < min || (metrics[metric] ?? max) > max);
      return [
        String(check.points - check.kept),
        h('span', { class: 'badge warn' }, 'constraint'),
        `not ${boundsText(check, words)}`,
        example === undefined ? '' : showButton(example.id, example.label, state),
      ];
    });
  return textTable(['Points', 'Why', 'What happened', 'For example'], [...reasons, ...outside], new Set([0]));
}

function badge({ state, code }: ReasonSummary): HTMLElement {
  return h('span', { class: `badge ${state === 'failed' ? 'bad' : 'warn'}` }, code ?? 'not finite');
}

function showButton(id: string, text: string, state: PageState): HTMLElement {
  return button(text, 'Show this point', () => state.selected.set(id));
}
