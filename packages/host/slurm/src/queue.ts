import { runTool } from './tools.js';
import type { Task } from './task-state.js';

const FIELDS = '%F|%K|%T|%N|%r'; // the reason is last: it may hold anything
/** Names are unique among the jobs of a user. */
export const OWN = `--user=${String(process.getuid?.() ?? 0)}`;
const GONE = /Invalid job id/i;

/** What the queue knows of a job: its number and its tasks, those that are over too for a while; `none` of one that it does not know. */
export type Look = { readonly job: string; readonly tasks: readonly Task[] } | 'none' | { readonly words: string };

/**
 * Looks a job up, by its number, or by its name where that is not known.
 *
 * @returns what the tool says instead when the controller does not answer
 */
export async function lookUp(name: string, job: string | undefined): Promise<Look> {
  const which = job === undefined ? [`--name=${name}`, OWN] : [`--jobs=${job}`];
  const answer = await runTool('squeue', ['--noheader', '--array', '--states=all', ...which, '-o', FIELDS]);
  if ('words' in answer) return GONE.test(answer.words) ? 'none' : answer;
  return readQueue(answer.output);
}

/** What stands above the jobs of each of several clusters. */
const HEADING = /^CLUSTER: /;

/**
 * Reads the lines of squeue. Of several jobs of one name the last counts: the others were lost by their controller. Where there are lines
 * and none tells of a job, it is not known whether there is one.
 */
export function readQueue(output: string): Look {
  const lines = output
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !HEADING.test(line));
  const rows = lines.map((line) => /^(\d+)\|(\d+)\|(\w+)\|([^|]*)\|(.*)$/.exec(line)).filter((row) => row !== null);
  if (rows.length === 0 && lines.length > 0) return { words: lines.join('\n') };
  const job = rows
    .map(([, number = '']) => number)
    .reduce((last, one) => (Number(one) > Number(last) ? one : last), '');
  if (job === '') return 'none';
  const tasks = rows
    .filter(([, number]) => number === job)
    .map(([, , index, state = '', node = '', reason = '']) => ({
      ...{ index: Number(index), state, node },
      reason: reason === 'None' ? '' : reason,
    }));
  return { job, tasks };
}
