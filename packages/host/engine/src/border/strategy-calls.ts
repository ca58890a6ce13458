import {
  deepFreeze,
  fail,
  isAllowed,
  settle,
  valueCount,
  type Choices,
  type Options,
  type Registered,
  type SearchProblem,
  type SearchResult,
  type Strategy,
} from '@archon-dse/core';
import type { Platform } from '../platform.js';
import type { Border } from './border.js';
import { bound } from './bound.js';
import { plainCopy, NotPlain } from './plain-copy.js';
import { copyReturned } from './returned.js';

/** The most points of a batch. */
const MOST_POINTS = 100_000;
/** Characters of JSON of a state, about. */
const MOST_STATE = 2 ** 28;

/** A point that a strategy asked for: settled, and whether it keeps the constraints between options. */
export interface AskedPoint {
  readonly choices: Choices;
  readonly isAllowed: boolean;
}

/** A strategy of a plugin behind the border: its state is here, as a frozen copy that nobody can change. */
export interface GuardedStrategy {
  /** Index of the axis of effort, where it has one. */
  readonly effort?: number;
  /** The next batch; no points at the end. */
  ask(): Promise<readonly AskedPoint[]>;
  tell(results: readonly SearchResult[]): Promise<void>;
}

/**
 * The strategy that a contribution makes of its options for a problem, at its start.
 *
 * @throws ArchonError what its plugin throws, here and in each call; ARCHON_RESULT_INVALID when it is no object or lacks a function, or a
 *   call returns something else than it has to
 */
export async function createStrategy(
  border: Border,
  { id, plugin, contribution }: Registered<'strategy'>,
  options: Options,
  problem: SearchProblem,
): Promise<GuardedStrategy> {
  const culprit = { plugin: plugin.name, contribution: id };
  const given = deepFreeze(structuredClone(problem));
  const { effort, start, ask, tell } = await border.blame(culprit, 'reading its options', () =>
    membersOf(contribution.create(options, given), given, (value) => border.show(value)),
  );
  let state = await border.blame(culprit, 'starting a search', () => copyState(start()));
  return {
    ...(effort === undefined ? {} : { effort }),
    ask: () =>
      border.blame(culprit, 'choosing points', () =>
        copyReturned<unknown[]>(listOf(ask(state)), 'the batch').map((point, index) => askedPoint(point, index, given)),
      ),
    async tell(results) {
      const told = deepFreeze(structuredClone(results));
      state = await border.blame(culprit, 'hearing of results', () => copyState(tell(state, told)));
    },
  };
}

function membersOf(created: unknown, { space: { axes } }: SearchProblem, show: Platform['show']): Strategy {
  if (typeof created !== 'object' || created === null)
    return complain(`the strategy is ${show(created)}`, 'an object of functions');
  const { effort, start, ask, tell } = created as Readonly<Record<string, unknown>>;
  for (const [name, member] of Object.entries({ start, ask, tell })) {
    if (typeof member !== 'function')
      complain(`the strategy has ${show(member)} for its function ${name}`, 'a function');
  }
  const isAxis = typeof effort === 'number' && axes[effort] !== undefined;
  if (effort !== undefined && !isAxis)
    complain(
      `the strategy has ${show(effort)} for its axis of effort`,
      `the index of one of ${String(axes.length)} axes`,
    );
  return {
    ...(isAxis ? { effort } : {}),
    start: bound(start, created),
    ask: bound(ask, created) as Strategy['ask'],
    tell: bound(tell, created),
  };
}

/** A state may be any JSON value. */
function copyState(state: unknown): unknown {
  if (state === undefined) return complain('the state of the search is undefined', 'plain JSON data, null for none');
  try {
    return plainCopy(state, '', MOST_STATE);
  } catch (error) {
    if (!(error instanceof NotPlain)) throw error;
    return complain(`the state of the search: ${error.message}`, error.expected);
  }
}

function listOf(asked: unknown): readonly unknown[] {
  if (!Array.isArray(asked)) return complain('the batch is no list', 'a list of points');
  const { length } = asked as readonly unknown[];
  if (length > MOST_POINTS) complain(`the batch has ${String(length)} points`, `at most ${String(MOST_POINTS)}`);
  return asked as readonly unknown[];
}

function askedPoint(point: unknown, index: number, { space }: SearchProblem): AskedPoint {
  const name = `point ${String(index)} of the batch`;
  if (!Array.isArray(point)) return complain(`${name} is no list`, 'the place of a value on each axis');
  const { axes } = space;
  if (point.length !== axes.length)
    complain(`${name} has ${String(point.length)} places`, `${String(axes.length)}, one for each axis`);
  for (const [axis, { name: axisName, values }] of axes.entries()) {
    const [place, count] = [(point as readonly unknown[])[axis], valueCount(values)];
    if (Number.isInteger(place) && Number(place) >= 0 && Number(place) < count) continue;
    const found = typeof place === 'number' ? String(place) : 'no number';
    complain(`${name} has ${found} for ${axisName}`, `a whole number from 0 to ${String(count - 1)}`);
  }
  const choices = settle(space, point as Choices);
  return { choices, isAllowed: isAllowed(space, choices) };
}

function complain(message: string, expected: string): never {
  return fail({ code: 'ARCHON_RESULT_INVALID', message, expected });
}
