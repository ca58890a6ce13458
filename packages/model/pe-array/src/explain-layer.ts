import type { JsonValue, LayerCache, LayerExplanation } from '@archon-dse/core';
import { explainNest } from '@archon-dse/loop-nest';
import { untilFound } from './mapper-budget.js';
import { nestKey, type NestRequest } from './nest-request.js';

type Explained = ReturnType<typeof explainNest>;

/** A nest of a layer, executed `repeats` times in a row, explained for the accelerator contract. Layers that are alike are mapped once. */
export function explainLayer(name: string, nest: NestRequest, repeats: number, cache: LayerCache): LayerExplanation {
  const found = explained(nest, cache);
  const larger = found.larger.map((buffer) => ({
    ...buffer,
    cycles: buffer.cycles * repeats,
    energyPj: buffer.energyPj * repeats,
  }));
  if (!found.found) {
    const { cause, level, needs, has, message } = found;
    const place = level === undefined ? {} : { level };
    const numbers = needs === undefined || has === undefined ? {} : { needs, has };
    return { name, noMapping: { cause, message, ...place, ...numbers }, larger };
  }
  const { cycles, energyPj } = found.evaluation;
  return {
    name,
    limits: found.limits.map((limit) => ({ ...limit, cycles: limit.cycles * repeats })),
    losses: found.losses,
    now: { cycles: cycles * repeats, energyPj: energyPj * repeats },
    larger,
  };
}

function explained(request: NestRequest, cache: LayerCache): Explained {
  const key = `explained ${nestKey(request)}`;
  const known = cache.get(key);
  if (known !== undefined) return known as unknown as Explained;
  const { problem, architecture, constraints } = request;
  const found = untilFound(request, (options) => explainNest(problem, architecture, constraints, options));
  cache.set(key, found as unknown as JsonValue);
  return found;
}
