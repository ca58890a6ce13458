import { fail, type Options, type Point, type Registry } from '@archon-dse/core';
import { resolveOptions } from '@archon-dse/config';
import { documentReader } from '@archon-dse/runner';
import { inCwd, type Context } from '../context.js';
import { readSetOptions, withSet } from '../options/set-options.js';
import { namedNetwork, setTexts } from './named-network.js';

export interface PointFlags {
  readonly network?: string;
  /** A checkpoint of a network that was trained. */
  readonly checkpoint?: string;
  /** Images for an accelerator that executes them. */
  readonly data?: string;
  readonly accelerator: string;
  readonly set: readonly string[];
  readonly seed: number;
}

/** The built-in stage that takes a trained network. */
const LOAD = 'archon/load';

/**
 * The point that flags of a simulation stand for: a network by name, or one that was trained, with the options it had then.
 *
 * @throws ArchonError ARCHON_USAGE unless one of them is given, and what reading the checkpoint throws
 */
export async function simulatedPoint(context: Context, flags: PointFlags, registry: Registry): Promise<Point> {
  const { checkpoint, data, seed } = flags;
  const trained = checkpoint === undefined ? undefined : await trainedNetwork(inCwd(context, checkpoint));
  const { network, given } = namedNetwork(registry, flags.network ?? trained?.id ?? missingNetwork());
  const accelerator = registry.resolve('accelerator', flags.accelerator);
  if (trained !== undefined && trained.id !== network.id) otherNetwork(network.id, trained.id);
  const metas = { network: network.contribution.meta, accelerator: accelerator.contribution.meta };
  const images = data === undefined ? [] : [`accelerator.data=${data}`];
  const set = readSetOptions([...setTexts(given), ...images, ...flags.set], metas, documentReader(context.cwd));
  return {
    network: {
      use: network.id,
      options: resolveOptions(metas.network, withSet(metas.network, trained?.options ?? {}, set['network'])),
    },
    stages: checkpoint === undefined ? [] : [{ use: LOAD, options: { checkpoint } }],
    accelerator: {
      use: accelerator.id,
      options: resolveOptions(metas.accelerator, withSet(metas.accelerator, {}, set['accelerator'])),
    },
    seed,
  };
}

async function trainedNetwork(file: string): Promise<{ readonly id: string; readonly options: Options }> {
  const { readCheckpoint } = await import('@archon-dse/training');
  const { network, origin } = (await readCheckpoint(file)).info;
  return { id: network.id, options: origin?.networkOptions ?? {} };
}

function missingNetwork(): never {
  return fail({
    code: 'ARCHON_USAGE',
    message: 'no network to simulate',
    expected: '--network with its name, or --checkpoint with the file of a trained one',
  });
}

function otherNetwork(network: string, trained: string): never {
  return fail({
    code: 'ARCHON_USAGE',
    message: `the checkpoint is one of ${trained}, and --network says ${network}`,
    expected: '--checkpoint alone',
  });
}
