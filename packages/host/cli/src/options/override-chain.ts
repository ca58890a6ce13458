import type { Choice, ContributionMeta, Options, Registry } from '@archon-dse/core';
import { resolveOptions } from '@archon-dse/config';
import type { Chain } from '@archon-dse/engine';
import { documentReader } from '@archon-dse/runner';
import { inCwd, type Context } from '../context.js';
import type { TrainingFlags } from './flags.js';
import { readSetOptions, withSet } from './set-options.js';

/**
 * A chain with the options of the command line in place of its own, defaults filled in: `--set` where it points, the others in every
 * stage that has such an option.
 *
 * @throws ArchonError naming the option that is unknown, ambiguous or wrong
 */
export function overrideChain(
  chain: Chain,
  registry: Registry,
  context: Context,
  { set, data, epochs, images, batch, preset }: Omit<TrainingFlags, 'out' | 'threads'>,
): Chain {
  const network = registry.resolve('network', chain.network.use).contribution.meta;
  const metas = chain.stages.map(({ use }) => registry.resolve('stage', use).contribution.meta);
  const targets = { ...Object.fromEntries(metas.map((meta) => [meta.name, meta])), network };
  const given = readSetOptions(set, targets, documentReader(context.cwd));
  const everywhere = Object.entries({
    data: data === undefined ? undefined : inCwd(context, data),
    epochs,
    images,
    batch,
    recipe: preset,
  });
  const override = ({ use, options }: Choice, meta: ContributionMeta, name: string, more: Options = {}): Choice => ({
    use,
    options: resolveOptions(meta, { ...withSet(meta, options, given[name]), ...more }),
  });
  return {
    network: override(chain.network, network, 'network'),
    stages: chain.stages.flatMap((stage, index) => {
      const meta = metas[index];
      if (meta === undefined) return [];
      const known = everywhere.filter(([name, value]) => value !== undefined && Object.hasOwn(meta.options, name));
      return [override(stage, meta, meta.name, Object.fromEntries(known) as Options)];
    }),
    seed: chain.seed,
  };
}
