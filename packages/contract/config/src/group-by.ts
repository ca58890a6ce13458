import { quote, unknownOption } from '@archon-dse/core';
import type { ReadCandidate } from './candidates.js';
import { GROUP_BY } from './grammars.js';
import { isText, type Node } from './nodes.js';
import type { Problems } from './problems.js';

/** The candidates of a sweep by where they stand in a point; stages stand one by one. */
export interface Candidates {
  readonly networks: readonly ReadCandidate[];
  readonly stages: readonly ReadCandidate[];
  readonly accelerators: readonly ReadCandidate[];
}

/** Reports a `groupBy` that not every point has: a stage that is not there, an option that some candidate lacks. */
export function checkGroupBy(node: Node | undefined, candidates: Candidates, problems: Problems): void {
  const path = isText(node) ? new RegExp(GROUP_BY).exec(node.value) : null;
  if (node === undefined || path === null) return;
  const [text, choice, stage, option] = path;
  if (stage !== undefined && Number(stage) >= candidates.stages.length) {
    problems.add(node, {
      code: 'ARCHON_SWEEP_BAD_VALUE',
      message: `groupBy is ${quote(text)}, but the sweep lists ${String(candidates.stages.length)} stages`,
      expected: 'the number of a stage, counted from 0',
    });
  }
  if (option === undefined) return;
  const wrong = meant(choice, stage, candidates).map(({ meta }) => meta && unknownOption(meta, option));
  const first = wrong.find((problem) => problem !== undefined);
  if (first !== undefined) problems.add(node, first);
}

/** The candidates of which each must have the option. */
function meant(choice: string | undefined, stage: string | undefined, all: Candidates): readonly ReadCandidate[] {
  if (stage !== undefined) return all.stages.slice(Number(stage), Number(stage) + 1);
  return choice === 'network' ? all.networks : all.accelerators;
}
