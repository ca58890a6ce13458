import type { RunStatus, SchedulerTask, WorkerStatus } from '@archon-dse/core';
import { Section } from '../shared/controls.js';
import { Tile } from '../shared/frame.js';
import { WideTable, type Column } from '../shared/table/table.js';
import type { LiveStatus } from '../../live/live-model.js';
import { countText } from '../../units.js';
import { StateBadge } from './state-badge.js';
import type { LivePage } from './state/live-page.js';
import { doneOf, durationText, rateText, STATE_WORDS, stageText } from './state/words.js';

/** How the run goes, or how the last one went. */
export function Run({ page }: { readonly page: LivePage }) {
  const status = page.status.value;
  if (status === undefined) return null;
  const [done, total] = doneOf(status.run ?? {});
  return (
    <Section id="run" title="Run" lead={STATE_WORDS[status.state].lead}>
      <div class="progress">
        <StateBadge state={status.state} />
        <Bar done={status.run ? done : status.records} total={status.run ? total : status.total} label="Points done" />
      </div>
      {status.run?.error !== undefined && (
        <p class="problem">{[status.run.error.message, status.run.error.hint ?? ''].join(' ').trim()}</p>
      )}
      <Figures status={status} />
      <Stages status={status} />
      <div class="columns">
        <Workers status={status} />
        <Tasks status={status} />
      </div>
    </Section>
  );
}

interface StatusProps {
  readonly status: LiveStatus;
}

/** A bar with its share in words. */
export function Bar({ done, total, label }: { readonly done: number; readonly total: number; readonly label: string }) {
  const percent = total === 0 ? 0 : Math.floor((100 * done) / total);
  return (
    <div class="bar">
      <div role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={100} aria-valuenow={percent}>
        <span style={{ width: `${percent}%` }} />
      </div>
      <span aria-hidden="true">{`${percent} %`}</span>
    </div>
  );
}

function Figures({ status }: StatusProps) {
  const { run, records, total, state } = status;
  const { done = records, total: all = total, skipped = 0, failed = 0, refined } = run?.points ?? {};
  const isRunning = state === 'running' || state === 'silent';
  return (
    <div class="tiles">
      <Tile
        title="Points"
        value={countText(done)}
        note={`of ${countText(all)}${skipped > 0 ? `, ${countText(skipped)} from before` : ''}`}
      />
      {refined !== undefined && (
        <Tile title="Refined" value={countText(refined.done)} note={`of ${countText(refined.total)}`} />
      )}
      <Tile title="Failed" value={countText(failed)} note={failed > 0 ? 'see the points off the fronts' : undefined} />
      {run !== undefined && (isRunning ? <Pace run={run} /> : <Took run={run} />)}
      {run !== undefined && (
        <Tile
          title="Executor"
          value={run.executor.kind}
          note={`led by process ${run.leader.pid} on ${run.leader.host}`}
        />
      )}
    </div>
  );
}

interface RunProps {
  readonly run: RunStatus;
}

/** How fast a run under way is, and how long it will take. */
function Pace({ run: { ratePerS, points } }: RunProps) {
  const after = points === undefined ? undefined : `after ${durationText(points.elapsedMs)}`;
  return (
    <>
      <Tile title="Rate" value={ratePerS === undefined ? '–' : rateText(ratePerS)} />
      <Tile title="Time left" value={points?.etaMs === undefined ? '–' : durationText(points.etaMs)} note={after} />
    </>
  );
}

function Took({ run: { points } }: RunProps) {
  return points === undefined ? null : <Tile title="Took" value={durationText(points.elapsedMs)} />;
}

function Stages({ status: { run } }: StatusProps) {
  if (run === undefined || run.stages.length === 0) return null;
  return (
    <>
      <h3>Under way</h3>
      <ul class="rules">
        {run.stages.map((stage) => (
          <li key={`${stage.pointId} ${stage.stage}`}>{stageText(stage)}</li>
        ))}
      </ul>
    </>
  );
}

const WORKER_COLUMNS: readonly Column<WorkerStatus>[] = [
  { title: 'Worker', names: true, cell: ({ worker }) => String(worker) },
  { title: 'Points', numeric: true, cell: ({ done }) => countText(done) },
  { title: 'Failed', numeric: true, cell: ({ failed }) => countText(failed) },
  {
    title: 'Last point took',
    numeric: true,
    cell: ({ lastMs }) => (lastMs < 1000 ? `${Math.round(lastMs)} ms` : durationText(lastMs)),
  },
];

function Workers({ status: { run } }: StatusProps) {
  if (run === undefined || run.workers.length === 0) return null;
  const { workers } = run.executor;
  return (
    <div id="workers">
      <h3>{workers === undefined ? 'Workers' : `Workers (${workers})`}</h3>
      <WideTable columns={WORKER_COLUMNS} rows={run.workers} />
    </div>
  );
}

const TASK_COLUMNS: readonly Column<SchedulerTask>[] = [
  { title: 'Task', names: true, cell: ({ id }) => id },
  { title: 'State', cell: ({ state }) => state },
  { title: 'Reason', cell: ({ reason = '–' }) => reason },
  { title: 'Node', cell: ({ node = '–' }) => node },
];

function Tasks({ status: { run } }: StatusProps) {
  const tasks = run?.tasks;
  if (tasks === undefined) return null;
  const counts = Object.entries(tasks.counts).map(([state, count]) => `${countText(count)} ${state.toLowerCase()}`);
  return (
    <div id="tasks">
      <h3>{`Tasks: ${counts.join(', ') || 'none'}`}</h3>
      <WideTable columns={TASK_COLUMNS} rows={tasks.shown} />
    </div>
  );
}
