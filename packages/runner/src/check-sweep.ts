import { canonicalJson, type Choice, type Registry, type Sweep, type Workload } from '@archon-dse/core';
import type { OptionMistake } from '@archon-dse/config';
import { checkPrices } from './check-prices.js';
import { createContext } from './evaluation-context.js';
import { choicesOf } from './expand.js';
import { prepareNetwork } from './prepare-network.js';
import { diagnosticsOf } from './thrown.js';

/** What a model's own check says, and about which of its options. */
type Refusal = Required<Pick<OptionMistake, 'option' | 'problem'>>;

/** Values of accelerator options that cannot work in any point of the sweep: mistakes in the file, so nothing is run. */
export async function checkSweep(sweep: Sweep, registry: Registry): Promise<readonly OptionMistake[]> {
  return [...(await checkPrices(sweep, registry)), ...(await checkNetworks(sweep, registry))];
}

/**
 * Values of accelerator options that make no sense with any network of the sweep, whatever the other options: mistakes in the file,
 * while a combination that goes wrong is a point that fails. Stages may change a network, so nothing is said about sweeps with stages.
 */
async function checkNetworks(sweep: Sweep, registry: Registry): Promise<readonly OptionMistake[]> {
  if (sweep.stages.length > 0) return [];
  const networks = lazyNetworks(sweep, registry);
  const mistakes: OptionMistake[] = [];
  for (const [accelerator, candidate] of sweep.accelerators.entries()) {
    const values = new Map<string, OptionMistake>();
    const sound = new Set<string>();
    for (const choice of choicesOf(candidate)) {
      const refusal = await refusalOf(choice, networks, registry);
      for (const [option, value] of Object.entries(choice.options)) {
        const key = canonicalJson([option, value]);
        if (refusal === undefined) sound.add(key);
        else if (refusal.option === option) values.set(key, { accelerator, value, ...refusal });
      }
    }
    mistakes.push(...[...values].filter(([key]) => !sound.has(key)).map(([, mistake]) => mistake));
  }
  return mistakes;
}

type Networks = () => AsyncGenerator<readonly Workload[]>;

/** The networks of a sweep, each built when it is first asked for; those that cannot be built are left to fail their points. */
function lazyNetworks(sweep: Sweep, registry: Registry): Networks {
  const context = createContext(registry);
  const choices = sweep.networks.flatMap(choicesOf);
  const built: (readonly Workload[])[] = [];
  return async function* () {
    for (const [index, network] of choices.entries()) {
      built[index] ??= await prepareNetwork({ network, stages: [], seed: sweep.seed }, context).then(
        ({ workloads }) => workloads,
        () => [],
      );
      yield built[index];
    }
  };
}

/** Why all networks are refused, in the words of the first; nothing when one is not, or when it is not about an option. */
async function refusalOf(
  { use, options }: Choice,
  networks: Networks,
  registry: Registry,
): Promise<Refusal | undefined> {
  const model = registry.resolve('accelerator', use).contribution;
  if (model.check === undefined) return undefined;
  let first: Refusal | undefined;
  for await (const workloads of networks()) {
    const refusal = workloads.length === 0 ? undefined : refusalBy(() => model.check?.(workloads, options));
    if (refusal === undefined) return undefined;
    first ??= refusal;
  }
  return first;
}

function refusalBy(check: () => void): Refusal | undefined {
  try {
    check();
  } catch (error) {
    const [diagnostic] = diagnosticsOf(error) ?? [];
    const option = /^options\.(\w+)/.exec(diagnostic?.path ?? '')?.[1];
    if (diagnostic?.code === 'ARCHON_BAD_OPTION' && option !== undefined) {
      const { code, message, expected, hint } = diagnostic;
      return {
        option,
        problem: {
          code,
          message,
          ...(expected === undefined ? {} : { expected }),
          ...(hint === undefined ? {} : { hint }),
        },
      };
    }
  }
  return undefined;
}
