import {
  defineAccelerator,
  type AcceleratorInput,
  type AcceleratorRun,
  type LayerExplanation,
  type LayerRun,
  type Support,
  type Workload,
} from '@archon-dse/core';
import { readArchitecture, type SpatialArchitecture } from '@archon-dse/architecture';
import { findBestMapping, type Problem } from '@archon-dse/loop-nest';
import { explainLayer, layerRun, mapNest } from '@archon-dse/pe-array';
import { SPATIAL_OPTIONS, SPATIAL_RULES, type SpatialOptions } from './options.js';
import { sparseLayerRun } from './sparse-layer.js';
import { refuseIdleZeros } from './zero-options.js';
import { layerZeros } from './zeros.js';

/** An array given as an architecture file, that computes every layer, one after the other: every MAC, but for zeros it leaves out. */
export const spatial = defineAccelerator({
  name: 'spatial',
  title: 'Spatial array',
  description:
    'Any array given as data: storage levels, meshes, prices, dataflow and what it does with zeros, by an architecture file.',
  options: SPATIAL_OPTIONS,
  rules: SPATIAL_RULES,
  source: 'The architecture file',
  create: (options) => {
    const array = readArchitecture(options.architecture);
    const answers = new Map<string, Support>();
    return {
      components: () => array.components,
      supports: (workload) => {
        const key = JSON.stringify(problemOf(workload));
        const answer = answers.get(key) ?? supportOf(problemOf(workload), array);
        answers.set(key, answer);
        return answer;
      },
      check: () => refuseIdleZeros(options, array),
      run: (input) => runSpatial(options, array, input),
      explain: (input) => explainSpatial(options, array, input),
    };
  },
});

function runSpatial(
  options: SpatialOptions,
  array: SpatialArchitecture,
  { workloads, prices, cache }: AcceleratorInput,
): AcceleratorRun {
  const architecture = array.architecture(prices);
  const layers = workloads.map((workload): LayerRun => {
    const problem = problemOf(workload);
    const nest = mapNest(
      { problem, architecture, constraints: array.constraints(problem), objective: options.objective },
      cache,
    );
    if (array.sparse === undefined) return layerRun(workload, nest, 1);
    const dense = { problem, architecture, mapping: nest.mapping };
    const { wordBits } = options.architecture;
    return sparseLayerRun(workload, nest, {
      ...dense,
      features: array.sparse,
      zeros: layerZeros(workload, options),
      wordBits,
      prices,
    });
  });
  return { cycles: layers.reduce((sum, { cycles }) => sum + cycles, 0), layers };
}

function explainSpatial(
  { objective }: SpatialOptions,
  array: SpatialArchitecture,
  { workloads, prices, cache }: AcceleratorInput,
): readonly LayerExplanation[] {
  const architecture = array.architecture(prices);
  return workloads.map((workload) => {
    const problem = problemOf(workload);
    const nest = { problem, architecture, constraints: array.constraints(problem) };
    return explainLayer(workload.name, nest, 1, cache, { objective });
  });
}

/** The nest of all groups of a layer. */
function problemOf({ problem, groups }: Workload): Problem {
  return groups === 1 ? problem : { ...problem, G: groups };
}

/** Whether the mapspace holds any mapping that fits, whatever it costs. */
function supportOf(problem: Problem, array: SpatialArchitecture): Support {
  const found = findBestMapping(problem, array.unpriced, array.constraints(problem));
  return found.found ? { ok: true } : { ok: false, reason: found.message };
}
