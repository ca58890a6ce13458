import { NO_CONTENTS, prepareNetwork } from '@archon-dse/engine';
import { digestInputs, documentReader, nodeContext } from '@archon-dse/runner';
import { countWeights, importWeights, NAMINGS, sumWeights } from '@archon-dse/training';
import { inCwd, type Context } from '../context.js';
import { formatNumber, formatShare } from '../terminal/format.js';
import { loadNamed } from '../host.js';
import { namedNetwork, setTexts } from '../network/named-network.js';
import { resolveSetOptions } from '../options/set-options.js';

interface Flags {
  readonly network: string;
  readonly set: readonly string[];
  readonly names: string;
  readonly data?: string;
  readonly out: string;
  readonly threads: number;
  readonly plugin: readonly string[];
  readonly json?: boolean;
}

/** `archon import FILE`: somebody's weights as a checkpoint of ours. */
export async function importCheckpoint(context: Context, file: string, flags: Flags): Promise<void> {
  const result = await importFile(context, file, flags);
  if (flags.json) context.output.json(result);
  else context.output.result(importText(result));
}

type ImportResult = Awaited<ReturnType<typeof importFile>>;

/** The documented document of `import --json`. */
async function importFile(context: Context, file: string, { network: id, set, plugin, threads, ...flags }: Flags) {
  const { registry } = await loadNamed(context, plugin);
  const { network: named, given } = namedNetwork(registry, id);
  const { id: use, contribution } = named;
  const targets = { network: contribution.meta };
  const { network: networkOptions } = resolveSetOptions(
    [...setTexts(given), ...set],
    targets,
    documentReader(context.cwd),
  );
  const chain = { network: { use, options: networkOptions }, stages: [], seed: 0 };
  const inputs = await digestInputs({ network: [chain.network] }, registry, context.cwd);
  const prepared = await prepareNetwork(chain, nodeContext(registry, { contents: { ...NO_CONTENTS, inputs } }));
  const { network } = prepared.state;
  const isKeyword = (NAMINGS as readonly string[]).includes(flags.names);
  const { data = '' } = flags;
  const { path, checkpoint } = await importWeights({
    ...{ network, networkOptions, threads, backend: 'auto' },
    file: inCwd(context, file),
    names: isKeyword ? flags.names : inCwd(context, flags.names),
    data: data === '' || data === 'procedural' ? data : inCwd(context, data),
    dir: inCwd(context, flags.out),
  });
  const { tensors, info } = checkpoint;
  const score = info.origin?.score;
  const layers = countWeights(network, tensors);
  return {
    network: use,
    networkOptions,
    file: inCwd(context, file),
    tensors: Object.keys(tensors).filter((name) => !name.endsWith('/mask')).length,
    accuracy: score?.top1 ?? null,
    loss: score?.loss ?? null,
    density: sumWeights(layers),
    pruned: layers.filter(({ nonzero, total }) => nonzero < total).map(({ layer }) => layer),
    checkpoint: path,
  };
}

function importText({ network, tensors, accuracy, loss, density, pruned, checkpoint }: ImportResult): string {
  const { nonzero, total } = density;
  return [
    `${network}  ${formatNumber(tensors)} tensors, all in place`,
    '',
    `weights not zero   ${formatNumber(nonzero)} of ${formatNumber(total)}`,
    `layers with zeros  ${formatNumber(pruned.length)}`,
    ...(accuracy === null || loss === null
      ? []
      : [`top-1              ${formatShare(accuracy)}`, `loss               ${loss.toFixed(4)}`]),
    '',
    checkpoint,
  ].join('\n');
}
