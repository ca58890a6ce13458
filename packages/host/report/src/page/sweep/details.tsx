import type { TrainingBudget } from '@archon-dse/core';
import { budgetText } from '../../budget-table.js';
import { Button } from '../shared/controls.js';
import { Table, type Column } from '../shared/table/table.js';
import { EnergyBreakdown } from './energy-breakdown.js';
import { ExecutionNote } from './execution.js';
import { ShowPoint } from './show-point.js';
import { badgesOf, metricCells, stepOnFront, type Badge } from './state/point-facts.js';
import { optionText, type Point, type Report } from './state/report.js';
import { keepPoint, MOST_KEPT, type SweepPage } from './state/sweep-page.js';

/** The chosen point: what it is, what it reaches and where its energy goes. */
export function Details({ page }: { readonly page: SweepPage }) {
  const point = page.chosen.value;
  return (
    <aside id="details" class="card" aria-label="Chosen point">
      {point !== undefined && <Facts page={page} point={point} />}
    </aside>
  );
}

interface FactsProps {
  readonly page: SweepPage;
  readonly point: Point;
}

function Facts({ page, point }: FactsProps) {
  const { report } = page;
  return (
    <>
      <div class="eyebrow">
        <span>Chosen point</span>
        <Stepper page={page} point={point} />
      </div>
      <h2 aria-live="polite">{point.label}</h2>
      <p class="badges">
        {badgesOf(point, report).map(({ text, kind }: Badge) => (
          <span key={text} class={`badge ${kind}`}>
            {text}
          </span>
        ))}
        <code>{point.id}</code>
      </p>
      {point.reason !== undefined && <p class="problem">{point.reason}</p>}
      <dl class="metrics">
        {metricCells(point, report).map(({ title, value, note, isObjective }) => (
          <div key={title} class={isObjective ? 'metric objective' : 'metric'}>
            <dt>{title}</dt>
            <dd>
              {value}
              {note !== '' && <small>{note}</small>}
            </dd>
          </div>
        ))}
      </dl>
      {point.notCosted !== '' && (
        <p class="muted">{`Not costed, as it is no multiply-accumulate: ${point.notCosted}.`}</p>
      )}
      <ExecutionNote page={page} point={point} />
      <CompareButtons page={page} point={point} />
      {point.budgets.length > 0 && (
        <>
          <h3>Trained with</h3>
          <Table class="configuration training" headless columns={BUDGET_COLUMNS} rows={point.budgets} />
        </>
      )}
      <h3>Energy by component</h3>
      <EnergyBreakdown point={point} />
      <h3>Configuration</h3>
      <Configuration point={point} report={report} />
    </>
  );
}

/** Leads from a screened point to what it was refined to, and back. */
function OtherStep({ page, point }: FactsProps) {
  const { pairs = [] } = page.report.summary.refinement ?? {};
  const pair = pairs.find(({ id, refines }) => id === point.id || refines === point.id);
  if (pair === undefined || pair.id === pair.refines) return null;
  const [id, text] = pair.id === point.id ? [pair.refines, 'Show it as screened'] : [pair.id, 'Show it as refined'];
  return <ShowPoint page={page} id={id} text={text} />;
}

/** Walks along the front of the point's group. */
function Stepper({ page: { report, selected }, point }: FactsProps) {
  const front = report.summary.groups.find(({ key }) => key === point.group)?.front ?? [];
  if (front.length < 2) return null;
  const go = (step: 1 | -1): void => {
    selected.value = stepOnFront(front, point.id, step);
  };
  return (
    <span class="stepper">
      <Button title="Previous point of the front" onClick={() => go(-1)}>
        ←
      </Button>
      <Button title="Next point of the front" onClick={() => go(1)}>
        →
      </Button>
    </span>
  );
}

/** Keeps this point to compare others with, or forgets those that were kept. */
function CompareButtons({ page, point }: FactsProps) {
  const { compared } = page;
  const kept = page.kept.value;
  const isKept = kept.includes(point);
  const hasRoom = !isKept && kept.length < MOST_KEPT;
  return (
    <p class="compare">
      {kept.length > 0 && (
        <Button title="Forget the points that were kept" onClick={() => (compared.value = '')}>
          Stop comparing
        </Button>
      )}
      {hasRoom && (
        <Button
          title="Keep this point; the next one you choose stands beside it"
          onClick={() => keepPoint(page, point)}
        >
          {kept.length === 0 ? 'Compare with another' : 'Keep this one too'}
        </Button>
      )}
      <OtherStep page={page} point={point} />
      {kept.length > 0 && (
        <small>
          {isKept && kept.length === 1
            ? 'Kept. Choose another point to see both side by side.'
            : `Beside ${kept.map(({ label }) => label).join(' and ')}: see below.`}
        </small>
      )}
    </p>
  );
}

/** What the accuracy cost: a short training on few images says little about a network. */
const BUDGET_COLUMNS: readonly Column<TrainingBudget>[] = [
  { title: 'Stage', names: true, cell: ({ stage }) => stage },
  {
    title: 'Training',
    cell: (budget) => (
      <>
        {budgetText(budget)}
        <small>{`tested on ${budget.testImages} images`}</small>
      </>
    ),
  },
];

/** The varied options in sight, the fixed ones folded away. */
function Configuration({ point, report }: { readonly point: Point; readonly report: Report }) {
  const present = report.columns.filter(({ key }) => key in point.options);
  const columns: readonly Column<Report['columns'][number]>[] = [
    { title: 'Option', names: true, cell: ({ key, label }) => <span title={key}>{label}</span> },
    { title: 'Value', cell: ({ key }) => optionText(point, key) },
  ];
  const fixed = present.filter(({ varies }) => !varies);
  return (
    <div>
      <Table class="configuration" headless columns={columns} rows={present.filter(({ varies }) => varies)} />
      {fixed.length > 0 && (
        <details>
          <summary>{`${fixed.length} options that do not vary`}</summary>
          <Table class="configuration" headless columns={columns} rows={fixed} />
        </details>
      )}
    </div>
  );
}
