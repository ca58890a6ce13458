import { notCostedText, type Options } from '@archon-dse/core';
import { NO_CONTENTS, notCosted, prepareNetwork } from '@archon-dse/engine';
import { digestInputs, documentReader, nodeContext } from '@archon-dse/runner';
import { extentText, type FusionAnalysis, type NetworkDescription } from '@archon-dse/workload';
import type { Context } from '../context.js';
import { loadNamed } from '../host.js';
import { formatNumber, optionTexts, wrapText } from '../terminal/format.js';
import { fusionOf, fusionText } from '../network/fusion.js';
import { namedNetwork, setTexts } from '../network/named-network.js';
import { resolveSetOptions } from '../options/set-options.js';
import { formatTable } from '../terminal/table.js';

interface Flags {
  readonly set: readonly string[];
  readonly pointwiseDensity: number;
  readonly depthwiseDensity: number;
  readonly plugin: readonly string[];
  readonly json?: boolean;
}

/** `archon describe NETWORK`: shapes, parameters and MACs of every layer, and what fusing its blocks saves. */
export async function describe(context: Context, id: string, flags: Flags): Promise<void> {
  const { registry } = await loadNamed(context, flags.plugin);
  const { network, given } = namedNetwork(registry, id);
  const targets = { network: network.contribution.meta };
  const { network: options } = resolveSetOptions(
    [...setTexts(given), ...flags.set],
    targets,
    documentReader(context.cwd),
  );
  const chain = { network: { use: network.id, options }, stages: [], seed: 0 };
  const inputs = await digestInputs({ network: [chain.network] }, registry, context.cwd);
  const prepared = await prepareNetwork(chain, nodeContext(registry, { contents: { ...NO_CONTENTS, inputs } }));
  const { state, vectorWork, description: layers } = prepared;
  const fusion = fusionOf(state.network, { pointwise: flags.pointwiseDensity, depthwise: flags.depthwiseDensity });
  const description = {
    network: network.id,
    options,
    ...layers,
    otherWork: notCosted(vectorWork, []).notCosted ?? {},
    ...(fusion && { fusion }),
  };
  if (flags.json) context.output.json(description);
  else context.output.result(describeAsText(description));
}

type Description = NetworkDescription & {
  readonly network: string;
  readonly options: Options;
  /** Layers with work that is no multiply-accumulate, by operation. */
  readonly otherWork: Readonly<Record<string, number>>;
  readonly fusion?: FusionAnalysis;
};

function describeAsText(description: Description): string {
  const { batch = 1 } = description;
  const rows = description.layers.map((layer) => [
    layer.block,
    layer.name,
    layer.op,
    layer.in.join('x'),
    layer.out.join('x'),
    extentText(layer.kernel),
    extentText(layer.stride),
    layer.groups ?? '',
    formatNumber(layer.parameters),
    formatNumber(layer.macs),
  ]);
  return [
    wrapText([description.network, ...optionTexts(description.options)].join(' ')),
    '',
    formatTable(['block', 'layer', 'op', 'in', 'out', 'k', 's', 'g', 'parameters', 'MACs'], rows),
    '',
    `parameters  ${formatNumber(description.parameters)} (${formatNumber(description.trainableParameters)} trainable)`,
    `MACs        ${formatNumber(description.macs)}${batch > 1 ? ` for a batch of ${formatNumber(batch)}` : ''}`,
    `other work  ${notCostedText(description.otherWork) || 'none'}; without MACs, costed only where an accelerator does it`,
    ...(description.fusion === undefined ? [] : ['', fusionText(description.fusion)]),
  ].join('\n');
}
