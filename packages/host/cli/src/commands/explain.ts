import type { Point } from '@archon-dse/core';
import type { Context } from '../context.js';
import { explainedLayers, type ExplainedLayer } from '../explain/explained-layer.js';
import { explainedPoint, type ExplainedPointFlags } from '../explain/explained-point.js';
import { explanationText, layerExplanationText } from '../explain/explanation-text.js';
import { largerTotals } from '../explain/larger-totals.js';
import { findLayer } from '../network/simulation-text.js';

export interface ExplainFlags extends ExplainedPointFlags {
  readonly layer?: string;
  readonly json?: boolean;
}

/** `archon explain`: why a network takes what it takes on an accelerator, or why it cannot run there. */
export async function explain(context: Context, folder: string | undefined, flags: ExplainFlags): Promise<void> {
  const { point, explanation } = await explainedPoint(context, folder, flags);
  const all = explainedLayers(explanation);
  const layers = flags.layer === undefined ? all : findLayer(all, flags.layer);
  if (flags.json) context.output.json(explanationJson(point, layers));
  else if (flags.layer === undefined) context.output.result(explanationText(point, layers));
  else context.output.result(layerExplanationText(point, layers));
}

/** The documented document of `explain --json`. */
function explanationJson({ network, stages, accelerator }: Point, layers: readonly ExplainedLayer[]): object {
  return {
    network: network.use,
    networkOptions: network.options,
    ...(stages.length === 0 ? {} : { stages }),
    accelerator: accelerator.use,
    acceleratorOptions: accelerator.options,
    layers: layers.map(({ record, ...layer }) => {
      if (record === undefined) return layer;
      const { block, role, phase, macs, cycles, energyPj, utilization, mapping, tiles } = record;
      const texts = { ...(mapping === undefined ? {} : { mapping }), ...(tiles === undefined ? {} : { tiles }) };
      const place = { block, role, ...(phase === undefined ? {} : { phase }) };
      return { ...layer, ...place, macs, cycles, energyPj, utilization, ...texts };
    }),
    larger: largerTotals(layers),
  };
}
