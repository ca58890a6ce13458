import { valueCount, type Candidate, type Choice, type StageStatus, type Sweep } from '@archon-dse/core';
import { optionTexts, shortId } from '../terminal/format.js';

/** A stage under way as `mobilenet-v2 width=0.25  train`: options only where the sweep varies them. */
export function stageLabel(sweep: Sweep, { point, stage }: Pick<StageStatus, 'point' | 'stage'>): string {
  const choice = point.stages.find(({ use }) => use === stage);
  return [
    shown(point.network, sweep.networks),
    choice === undefined ? shortId(stage) : shown(choice, sweep.stages),
  ].join('  ');
}

function shown({ use, options }: Choice, candidates: readonly Candidate[]): string {
  const axes = candidates.filter((candidate) => candidate.use === use).flatMap(({ axes }) => Object.entries(axes));
  const varied = new Set(axes.filter(([, values]) => valueCount(values) > 1).map(([name]) => name));
  const texts = optionTexts(Object.fromEntries(Object.entries(options).filter(([name]) => varied.has(name))));
  return [shortId(use), ...texts].join(' ');
}
