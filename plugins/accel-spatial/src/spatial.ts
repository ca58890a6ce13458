import {
  defineAccelerator,
  type AcceleratorInput,
  type AcceleratorRun,
  type LayerExplanation,
  type LayerRun,
  type PriceTables,
  type Support,
  type Workload,
} from '@archon-dse/core';
import { readArchitecture, type SpatialArchitecture } from '@archon-dse/architecture';
import { findBestMapping, type Problem } from '@archon-dse/loop-nest';
import { explainLayer, layerRun, mapNest, untilFound, type MappedNest, type NestRequest } from '@archon-dse/pe-array';
import type { SparseFeatures } from '@archon-dse/sparse-features';
import { formatSupport, noteFormats, valueBits } from './formats.js';
import { noteGroups } from './groups.js';
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
        const key = JSON.stringify([problemOf(workload), workload.precision]);
        const answer = answers.get(key) ?? supportOf(workload, array);
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
  const layers = workloads.map((workload): LayerRun => {
    const request = nestOf(workload, options, array, prices);
    const nest = mapNest(request, cache);
    const features = array.sparse;
    const run =
      features === undefined
        ? layerRun(workload, nest, 1)
        : sparseRun(workload, nest, request, { features, options, prices });
    const noted = noteGroups(onHardware(run, array, prices), workload, nest.mapping);
    return noteFormats(noted, valueBits(workload, array.wordBits), array.wordBits);
  });
  return { cycles: layers.reduce((sum, { cycles }) => sum + cycles, 0), layers };
}

/** Zeros save what the nest alone does not know of: a layer that has a mapping is then explained by its record. */
function explainSpatial(
  options: SpatialOptions,
  array: SpatialArchitecture,
  { workloads, prices, cache }: AcceleratorInput,
): readonly LayerExplanation[] {
  return workloads.map((workload) => {
    const told = explainLayer(workload.name, nestOf(workload, options, array, prices), 1, cache);
    return array.sparse === undefined || told.noMapping !== undefined ? told : { name: workload.name };
  });
}

/** A layer on the array, as the mapper sees it. */
function nestOf(
  workload: Workload,
  { objective, mapperBudget }: SpatialOptions,
  array: SpatialArchitecture,
  prices: PriceTables,
): Required<NestRequest> {
  const problem = problemOf(workload);
  const architecture = array.architecture(prices, valueBits(workload, array.wordBits));
  return {
    problem,
    architecture,
    constraints: array.constraints(problem),
    objective,
    factors: array.factors,
    model: array.model,
    budget: mapperBudget === 0 ? undefined : mapperBudget,
  };
}

/** What zeros save of a layer on the mapping that is best without them. */
function sparseRun(
  workload: Workload,
  nest: MappedNest,
  { problem, architecture, model }: Required<NestRequest>,
  {
    features,
    options,
    prices,
  }: { readonly features: SparseFeatures; readonly options: SpatialOptions; readonly prices: PriceTables },
): LayerRun {
  return sparseLayerRun(workload, nest, {
    ...{ problem, architecture: nest.architecture ?? architecture, mapping: nest.mapping, model, features, prices },
    zeros: layerZeros(workload, options),
    wordBits: options.architecture.wordBits,
  });
}

/** A run with its actions by component, and those of hardware that does nothing. */
function onHardware(run: LayerRun, { componentOf, idle }: SpatialArchitecture, prices: PriceTables): LayerRun {
  const actions = run.actions.map((action) => ({ ...action, component: componentOf(action.component) }));
  return { ...run, actions: [...actions, ...idle(prices, run.cycles)] };
}

/** The nest of all groups of a layer. */
function problemOf({ problem, groups }: Workload): Problem {
  return groups === 1 ? problem : { ...problem, G: groups };
}

/** Mappings first looked at for one that fits: most layers have it among them. */
const FIRST_LOOK = 2000;

/** Whether values fit the words, and the mapspace holds any mapping that fits the buffers, whatever it costs. */
function supportOf(
  workload: Workload,
  { wordBits, unpriced, constraints, factors, model }: SpatialArchitecture,
): Support {
  const formats = formatSupport(workload, wordBits);
  if (!formats.ok) return formats;
  const problem = problemOf(workload);
  const request = {
    problem,
    architecture: unpriced,
    constraints: constraints(problem),
    factors,
    model,
    budget: FIRST_LOOK,
  };
  const any = untilFound(request, (options) => findBestMapping(problem, unpriced, request.constraints, options));
  return any.found ? { ok: true } : { ok: false, reason: any.message };
}
