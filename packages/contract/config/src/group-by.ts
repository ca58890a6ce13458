import type { ReadCandidate } from './candidates.js';
import { isText, quote, type Node } from './nodes.js';
import { unknownOption } from './options.js';
import type { Problems } from './problems.js';
import { readText, reportValue } from './readers.js';

/** The candidates of a sweep by where they stand in a point; stages stand one by one. */
export interface Candidates {
  readonly networks: readonly ReadCandidate[];
  readonly stages: readonly ReadCandidate[];
  readonly accelerators: readonly ReadCandidate[];
}

const PATH = /^(?:(?<choice>network|accelerator)|stages\[(?<stage>\d+)\](?=\.))(?:\.options\.(?<option>.+))?$/;
const EXPECTED = 'network, accelerator, network.options.X, accelerator.options.X or stages[i].options.X';

/** Reads `groupBy`: a path into the point that every point has. */
export function readGroupBy(node: Node, candidates: Candidates, problems: Problems): string {
  const path = readText(node, problems);
  if (!isText(node)) return '';
  const { choice, stage, option } = PATH.exec(path)?.groups ?? {};
  if (choice === undefined && (stage === undefined || option === undefined)) {
    reportValue(node, EXPECTED, problems, ['network', 'accelerator']);
    return path;
  }
  if (stage !== undefined && Number(stage) >= candidates.stages.length) {
    problems.add(node, {
      code: 'ARCHON_SWEEP_BAD_VALUE',
      message: `groupBy is ${quote(path)}, but the sweep lists ${String(candidates.stages.length)} stages`,
      expected: 'the number of a stage, counted from 0',
    });
  }
  if (option !== undefined) {
    const wrong = meant(choice, stage, candidates).map(({ meta }) => meta && unknownOption(meta, option));
    const first = wrong.find((problem) => problem !== undefined);
    if (first !== undefined) problems.add(node, first);
  }
  return path;
}

/** The candidates of which each must have the option. */
function meant(choice: string | undefined, stage: string | undefined, all: Candidates): readonly ReadCandidate[] {
  if (stage !== undefined) return all.stages.slice(Number(stage), Number(stage) + 1);
  return choice === 'network' ? all.networks : all.accelerators;
}
