import type { JsonValue, LayerCache, LayerExplanation } from '@archon-dse/core';
import { explainNest, mappingKey } from '@archon-dse/loop-nest';
import type { NestRequest } from './layer-run.js';

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

function explained(
  { problem, architecture, constraints, objective = 'cycles-then-energy', factors = 'exact', model = {} }: NestRequest,
  cache: LayerCache,
): Explained {
  const key = `explained ${mappingKey(problem, architecture, constraints, objective, { ...model, factors })}`;
  const known = cache.get(key);
  if (known !== undefined) return known as unknown as Explained;
  const found = explainNest(problem, architecture, constraints, { objective, factors, model });
  cache.set(key, found as unknown as JsonValue);
  return found;
}
