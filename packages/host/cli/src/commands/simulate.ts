import type { Point } from '@archon-dse/core';
import { evaluatePoint, NO_CONTENTS, type Evaluation } from '@archon-dse/engine';
import { digestInputs, documentReader, nodeContext } from '@archon-dse/runner';
import type { Context } from '../context.js';
import { waitForDebugger } from '../debugger.js';
import { loadNamed } from '../host.js';
import { simulatedPoint, type PointFlags } from '../network/simulated-point.js';
import { locatingDocuments } from '../options/document-places.js';
import { findLayer, layerText, simulationText } from '../network/simulation-text.js';

export interface SimulateFlags extends PointFlags {
  readonly plugin: readonly string[];
  readonly layer?: string;
  readonly inspect?: number | true;
  readonly json?: boolean;
}

export interface SimulatedPoint {
  readonly point: Point;
  readonly evaluation: Evaluation;
}

/** `archon simulate`: one network on one accelerator, layer by layer. */
export async function simulate(context: Context, flags: SimulateFlags): Promise<void> {
  await simulatePoint(context, flags);
}

/** Simulates, shows the result, and gives it to the caller. */
export async function simulatePoint(context: Context, flags: SimulateFlags): Promise<SimulatedPoint> {
  if (flags.inspect !== undefined) waitForDebugger(context, flags.inspect);
  const plugins = await loadNamed(context, flags.plugin);
  const point = await simulatedPoint(context, flags, plugins.registry);
  const files = { network: [point.network], stage: point.stages, accelerator: [point.accelerator] };
  const contents = { ...NO_CONTENTS, inputs: await digestInputs(files, plugins.registry, context.cwd) };
  const { meta } = plugins.registry.resolve('accelerator', point.accelerator.use).contribution;
  const given = { meta, set: flags.set, read: documentReader(context.cwd) };
  const evaluation = await locatingDocuments(given, () =>
    evaluatePoint(point, nodeContext(plugins.registry, { contents })),
  );
  const layers = flags.layer === undefined ? evaluation.layers : findLayer(evaluation.layers, flags.layer);
  if (flags.json) context.output.json(simulationJson(point, { ...evaluation, layers }));
  else if (flags.layer === undefined) context.output.result(simulationText(point, evaluation));
  else context.output.result(layerText(point, layers));
  return { point, evaluation };
}

/** The documented document of `simulate --json`. */
function simulationJson(point: Point, { metrics, layers, notCosted, prices }: Evaluation): object {
  return {
    network: point.network.use,
    networkOptions: point.network.options,
    ...(point.stages.length === 0 ? {} : { stages: point.stages }),
    accelerator: point.accelerator.use,
    acceleratorOptions: point.accelerator.options,
    totals: metrics,
    layers,
    ...(notCosted === undefined ? {} : { notCosted }),
    prices,
  };
}
