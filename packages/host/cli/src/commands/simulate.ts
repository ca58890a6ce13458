import type { Point } from '@archon-dse/core';
import { evaluatePoint, NO_CONTENTS, type Evaluation } from '@archon-dse/engine';
import { digestInputs, nodeContext } from '@archon-dse/runner';
import type { Context } from '../context.js';
import { waitForDebugger } from '../debugger.js';
import { loadNamed } from '../host.js';
import { resolveSetOptions } from '../options/set-options.js';
import { findLayer, layerText, simulationText } from '../network/simulation-text.js';

export interface SimulateFlags {
  readonly network: string;
  readonly accelerator: string;
  readonly set: readonly string[];
  readonly plugin: readonly string[];
  readonly seed: number;
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
  const network = plugins.registry.resolve('network', flags.network);
  const accelerator = plugins.registry.resolve('accelerator', flags.accelerator);
  const options = resolveSetOptions(flags.set, {
    network: network.contribution.meta,
    accelerator: accelerator.contribution.meta,
  });
  const point: Point = {
    network: { use: network.id, options: options.network },
    stages: [],
    accelerator: { use: accelerator.id, options: options.accelerator },
    seed: flags.seed,
  };
  const files = { network: [point.network], accelerator: [point.accelerator] };
  const contents = { ...NO_CONTENTS, inputs: await digestInputs(files, plugins.registry, context.cwd) };
  const evaluation = await evaluatePoint(point, nodeContext(plugins.registry, { contents }));
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
    accelerator: point.accelerator.use,
    acceleratorOptions: point.accelerator.options,
    totals: metrics,
    layers,
    ...(notCosted === undefined ? {} : { notCosted }),
    prices,
  };
}
