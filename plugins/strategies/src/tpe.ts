import {
  defineStrategy,
  isAllowed,
  seededRandom,
  type Choices,
  type SearchProblem,
  type SearchResult,
  type Strategy,
} from '@archon-dse/core';
import { drawNew, keyOf } from './draw.js';
import { batchOption } from './options.js';
import { ParzenEstimator } from './parzen.js';
import { byStanding, standingsOf } from './ranking.js';

interface State {
  readonly batch: number;
  /** Everything that was told, each point once. */
  readonly results: readonly SearchResult[];
}

/** Points drawn from the model for each that is asked for. */
const CANDIDATES = 24;
/** Share of the points that count as good. */
const GOOD_SHARE = 0.15;

export const tpe = defineStrategy({
  name: 'tpe',
  title: 'Tree-structured Parzen estimator',
  description:
    'Models where the good points lie and where the others do, and asks for points that are likelier to be of the first. Good are those on the first fronts, inside the constraints, and most alone.',
  source:
    'Ozaki, Tanigaki, Watanabe, Nomura, Onishi, "Multiobjective Tree-Structured Parzen Estimator", JAIR 73, 2022; with the crowding distance in place of its hypervolume contributions',
  options: {
    batch: batchOption(10, 'Points asked for at a time: the fewer, the more each of them knows.'),
    startup: {
      type: 'integer',
      minimum: 1,
      maximum: 100_000,
      default: 40,
      unit: 'points',
      description: 'Points drawn by chance before there is a model.',
    },
  },
  create: ({ batch, startup }, problem): Strategy<State> => ({
    start: () => ({ batch: 0, results: [] }),
    ask({ batch: asked, results }) {
      const random = seededRandom(problem.seed, `tpe ${String(asked)}`);
      const taken = new Set(results.map(({ choices }) => keyOf(choices)));
      const known = results.filter(({ state }) => state !== 'excluded');
      const draw = known.length < startup ? undefined : modelOf(known, problem);
      return Array.from({ length: batch }, () => {
        const isTaken = (choices: Choices): boolean => taken.has(keyOf(choices));
        const point = draw?.(random, isTaken) ?? drawNew(problem.space, random, isTaken);
        taken.add(keyOf(point));
        return point;
      });
    },
    tell: ({ batch: asked, results }, told) => ({
      batch: asked + 1,
      results: [...new Map([...results, ...told].map((result) => [keyOf(result.choices), result])).values()],
    }),
  }),
});

type Draw = (random: () => number, isTaken: (choices: Choices) => boolean) => Choices | undefined;

/** Draws candidates where good points lie and takes the one that is likeliest to be of them; nothing where all are taken or not allowed. */
function modelOf(results: readonly SearchResult[], { space }: SearchProblem): Draw {
  const standings = standingsOf(results);
  const order = results.map((_, index) => index).sort((a, b) => byStanding(standings[a], standings[b]) || a - b);
  const sorted = order.map((index) => results[index]?.choices ?? []);
  const count = Math.max(1, Math.ceil(GOOD_SHARE * results.length));
  const good = new ParzenEstimator(space, sorted.slice(0, count));
  const others = new ParzenEstimator(space, sorted.slice(count));
  return (random, isTaken) => {
    let best: { readonly point: Choices; readonly score: number } | undefined;
    for (let drawn = 0; drawn < CANDIDATES; drawn += 1) {
      const point = good.draw(random);
      if (isTaken(point) || !isAllowed(space, point)) continue;
      const score = good.logDensity(point) - others.logDensity(point);
      if (best === undefined || score > best.score) best = { point, score };
    }
    return best?.point;
  };
}
