import type { ComponentChildren } from 'preact';
import { omittedReasonsText } from '../../bounded.js';
import { boundsText, constraintText, noFrontText, reasonOrigin, reportWords } from '../../explain.js';
import type { ReasonSummary } from '../../report-model.js';
import { countText } from '../../units.js';
import { Note, Section } from '../shared/controls.js';
import { WideTable, type Column } from '../shared/table/table.js';
import { ShowPoint } from './show-point.js';
import type { SweepPage } from './state/sweep-page.js';

/** Where the plot would be when there is nothing to draw: why no point is feasible, and how near the points come. */
export function NoFront({ page }: { readonly page: SweepPage }) {
  const { summary, points } = page.report;
  const words = reportWords(points, summary.derived);
  return (
    <Section id="no-front" title="No front to draw" lead={noFrontText(summary)}>
      {summary.constraintChecks.length > 0 && (
        <ul class="rules">
          {summary.constraintChecks.map((check, at) => (
            <li key={at}>
              {constraintText(check, words)}
              {check.nearest !== undefined && (
                <>
                  {' '}
                  <ShowPoint page={page} id={check.nearest.id} text="Show it" />
                </>
              )}
            </li>
          ))}
        </ul>
      )}
      {summary.reasons.length > 0 && <Reasons page={page} />}
    </Section>
  );
}

/** Why points are off the fronts, equal reasons once; each with a point to look at. */
export function Excluded({ page }: { readonly page: SweepPage }) {
  const { counts } = page.report.summary;
  if (counts.failed + counts.constraint + counts.notFinite === 0 || counts.feasible === 0) return null;
  return (
    <Section
      id="excluded"
      title="Points off the fronts"
      lead="They stay in the journal and in the table above; no front, knee or best value counts them."
    >
      <Reasons page={page} />
    </Section>
  );
}

/** Why some points are off the fronts. */
interface Reason {
  readonly points: number;
  readonly kind: 'bad' | 'warn';
  readonly why: string;
  readonly what: ComponentChildren;
  /** Id of a point to look at. */
  readonly example: string | undefined;
}

function Reasons({ page }: { readonly page: SweepPage }) {
  const columns: readonly Column<Reason>[] = [
    { title: 'Points', numeric: true, cell: ({ points }) => countText(points) },
    { title: 'Why', cell: ({ kind, why }) => <span class={`badge ${kind}`}>{why}</span> },
    { title: 'What happened', cell: ({ what }) => what },
    {
      title: 'For example',
      cell: ({ example }) => example !== undefined && <ShowPoint page={page} id={example} />,
    },
  ];
  return (
    <>
      <WideTable columns={columns} rows={[...failures(page), ...violations(page)]} />
      <Note text={omittedReasonsText(page.report.summary)} />
    </>
  );
}

function failures({ report: { summary } }: SweepPage): readonly Reason[] {
  return summary.reasons.map((reason) => ({
    points: reason.points,
    kind: reason.state === 'failed' ? 'bad' : 'warn',
    why: reason.code ?? 'not finite',
    what: <Happened reason={reason} />,
    example: reason.example,
  }));
}

function violations({ report: { summary, points } }: SweepPage): readonly Reason[] {
  const words = reportWords(points, summary.derived);
  return summary.constraintChecks
    .filter((check) => check.kept < check.points)
    .map((check) => {
      const { metric, min = -Infinity, max = Infinity } = check;
      return {
        points: check.points - check.kept,
        kind: 'warn',
        why: 'constraint',
        what: `not ${boundsText(check, words)}`,
        example: points.find(({ metrics }) => (metrics[metric] ?? min) < min || (metrics[metric] ?? max) > max)?.id,
      };
    });
}

function Happened({ reason }: { readonly reason: ReasonSummary }) {
  const more = [reasonOrigin(reason), reason.hint ?? ''].filter(Boolean);
  return (
    <>
      {reason.reason}
      {more.map((text) => (
        <small key={text} class="muted">{` ${text}`}</small>
      ))}
    </>
  );
}
