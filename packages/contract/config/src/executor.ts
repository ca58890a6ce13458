import type { ExecutorSettings } from '@archon-dse/core';
import { closed, list, text, type JsonSchema } from './grammar-parts.js';
import { entriesOf, isText, itemsOf, valueAt, type Node } from './nodes.js';
import { pick } from './pick.js';
import type { Problems } from './problems.js';
import { reportValue } from './report.js';

/** Something that sbatch takes after a `=`. */
function word(description: string): JsonSchema {
  return { type: 'string', pattern: '^[!-~]+$', description };
}

function whole(maximum: number, description: string): JsonSchema {
  return { type: 'integer', minimum: 1, maximum, description };
}

const COMMON: Readonly<Record<string, JsonSchema>> = {
  kind: {
    enum: ['workerpool', 'serial', 'slurm'],
    description: 'Worker threads, one point after the other, or tasks of Slurm.',
  },
  workers: { type: 'integer', minimum: 1, maximum: 1024, description: 'Default: one for each core.' },
  timeoutS: {
    type: 'number',
    exclusiveMinimum: 0,
    maximum: 1_000_000, // timers cannot wait longer than 24 days
    description: 'A point that takes longer, in seconds, fails; default no limit. Not with serial.',
  },
};

const SLURM: Readonly<Record<string, JsonSchema>> = {
  partition: word('The name of a partition.'),
  account: word('The name of an account.'),
  qos: word('The name of a quality of service.'),
  constraint: word('Features that nodes must have, as sbatch takes them.'),
  timeMinutes: whole(1_000_000, 'The longest a task may run, in minutes.'),
  memoryMb: whole(100_000_000, 'Memory of a task, in MiB.'),
  gres: word('Generic resources of a task, as gpu:1.'),
  cpusPerTask: whole(1024, 'Cores of a task, and threads it evaluates with; default 1.'),
  tasks: whole(100_000, 'The most tasks of an array; default 100, and never more than the site allows.'),
  tasksAtOnce: whole(100_000, 'The most tasks that run at once.'),
  pointsPerTask: whole(1_000_000, 'Points of a task; by default so many that it lasts minutes.'),
  pollS: whole(3600, 'Seconds between two looks at the queue; default 10.'),
  setup: list(text('A line of bash.'), 'Lines of bash that a task begins with.', 1),
  options: list(
    { type: 'string', pattern: '^--[a-z][a-z-]*(=[ -~]+)?$', description: 'An option of sbatch, as --exclude=n3.' },
    'More options of sbatch.',
    1,
  ),
};

/** The grammar of `executor`: keys of every kind; which kind has which is for {@link checkExecutor} to say. */
export const EXECUTOR: JsonSchema = closed({ ...COMMON, ...SLURM }, ['kind']);

/** What a kind does without, and what to write instead. */
const NOT_WITH: Readonly<Record<ExecutorSettings['kind'], Readonly<Record<string, string>>>> = {
  workerpool: notWith('workerpool'),
  serial: {
    workers: 'no workers with kind: serial',
    timeoutS: 'no limit with kind: serial, which cannot interrupt a point; use workerpool',
    ...notWith('serial'),
  },
  slurm: { workers: 'no workers with kind: slurm; cpusPerTask is the threads of a task' },
};

function notWith(kind: string): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.keys(SLURM).map((key) => [key, `no ${key} with kind: ${kind}, only with slurm`]));
}

/** Options of sbatch that a key says. */
const KEY_OF: Readonly<Record<string, string>> = {
  ...{ '--partition': 'partition', '--account': 'account', '--qos': 'qos', '--constraint': 'constraint' },
  ...{ '--time': 'timeMinutes', '--mem': 'memoryMb', '--gres': 'gres', '--cpus-per-task': 'cpusPerTask' },
};

/** Options of sbatch by which the sweep finds its tasks again, or their results. */
const OURS = [
  ...['--array', '--job-name', '--output', '--error', '--chdir', '--parsable', '--wrap', '--export', '--export-file'],
  ...['--requeue', '--no-requeue', '--wait', '--open-mode', '--test-only', '--clusters', '--cluster', '--input'],
  ...['--help', '--usage', '--version', '--quiet', '--uid', '--gid'],
];

/** Reports keys that an executor of this kind does not have, and options that are the sweep's own. */
export function checkExecutor(executor: Node | undefined, problems: Problems): void {
  const kind = valueAt(executor, 'kind');
  if (kind === undefined || !isText(kind) || !Object.hasOwn(NOT_WITH, kind.value)) return;
  const refused = NOT_WITH[kind.value as ExecutorSettings['kind']];
  for (const [key, { value }] of entriesOf(executor)) {
    const expected = Object.hasOwn(refused, key) ? refused[key] : undefined;
    if (expected !== undefined) reportValue(value, expected, problems);
  }
  if (kind.value === 'slurm') for (const option of itemsOf(valueAt(executor, 'options'))) checkOption(option, problems);
}

/** sbatch takes the beginning of an option for the option. */
function checkOption(node: Node, problems: Problems): void {
  if (!isText(node)) return;
  const flag = node.value.replace(/=.*$/, '');
  const key = KEY_OF[flag];
  const ours = OURS.find((one) => one.startsWith(flag));
  if (key !== undefined) reportValue(node, `the key ${key} in place of ${flag}`, problems);
  else if (ours !== undefined) reportValue(node, `options other than ${ours}, which the sweep sets itself`, problems);
}

/** The settings of an executor, in the order of the grammar. */
export function executorOf(given: ExecutorSettings = { kind: 'workerpool' }): ExecutorSettings {
  return pick(given, ...([...Object.keys(COMMON), ...Object.keys(SLURM)] as (keyof ExecutorSettings)[]));
}
