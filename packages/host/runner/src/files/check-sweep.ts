import {
  canonicalJson,
  valuesByPath,
  type Candidate,
  type Choice,
  type Registry,
  type Sweep,
  type Workload,
} from '@archon-dse/core';
import type { OptionMistake } from '@archon-dse/config';
import { locate, NO_CONTENTS, prepareNetwork, type EvaluationContext } from '@archon-dse/engine';
import { createAccelerator, type GuardedAccelerator } from '@archon-dse/engine/border';
import { choicesOf, isTooLarge } from '../explore/expand.js';
import { border, nodeContext } from '../node-platform.js';
import { asTask } from '../plugins/plugin-tasks.js';
import { checkPrices } from './check-prices.js';
import { digestInputs } from './digest-inputs.js';
import { reportFault, type OnFault } from './faults.js';
import { ValuesToCheck } from './values-to-check.js';

/** What a model's own check says, and about which of its options. */
type Refusal = Required<Pick<OptionMistake, 'option' | 'problem'>>;

/**
 * Values of accelerator options that cannot work in any point of the sweep: mistakes in the file, so nothing is run.
 *
 * @param cwd - where relative paths of options start
 */
export async function checkSweep(
  sweep: Sweep,
  registry: Registry,
  cwd: string,
  onFault: OnFault = () => undefined,
): Promise<readonly OptionMistake[]> {
  const inputs = await digestInputs({ network: sweep.networks, accelerator: sweep.accelerators }, registry, cwd);
  const context = nodeContext(registry, { contents: { ...NO_CONTENTS, inputs } });
  // A model may refuse a value in its hardware and for its networks: one mistake, in the words of the hardware.
  const mistakes = new Map<string, OptionMistake>();
  for (const mistake of await checkNetworks(sweep, context, onFault)) mistakes.set(keyOf(mistake), mistake);
  for (const mistake of await checkPrices(sweep, context, onFault)) mistakes.set(keyOf(mistake), mistake);
  return [...mistakes.values()];
}

function keyOf({ entry, option = '', value = '' }: OptionMistake): string {
  return canonicalJson([entry, option, value]);
}

/**
 * Values of accelerator options that make no sense with any network of the sweep, whatever the other options: mistakes in the file,
 * while a combination that goes wrong is a point that fails. Stages may change a network, so nothing is said about sweeps with stages.
 */
async function checkNetworks(
  sweep: Sweep,
  context: EvaluationContext,
  onFault: OnFault,
): Promise<readonly OptionMistake[]> {
  if (sweep.stages.length > 0 || sweep.networks.some((network) => isTooLarge(network, sweep))) return [];
  const networks = lazyNetworks(sweep, context, onFault);
  const mistakes: OptionMistake[] = [];
  for (const [index, candidate] of sweep.accelerators.entries()) {
    if (isTooLarge(candidate, sweep)) continue;
    try {
      mistakes.push(...(await asTask(() => mistakesOf(candidate, index, networks, context, onFault))));
    } catch (error) {
      reportFault(error, onFault);
    }
  }
  return mistakes;
}

async function mistakesOf(
  candidate: Candidate,
  accelerator: number,
  networks: Networks,
  context: EvaluationContext,
  onFault: OnFault,
): Promise<readonly OptionMistake[]> {
  const values = new Map<string, OptionMistake>();
  const sound = new Set<string>();
  const unknown = new ValuesToCheck(candidate);
  for (const choice of unknown.choices()) {
    const refusal = await refusalOf(choice, networks, context, onFault);
    if (refusal === undefined) unknown.noteWorking();
    for (const [option, value] of valuesByPath(choice.options)) {
      const key = canonicalJson([option, value]);
      if (refusal === undefined) sound.add(key);
      else if (refusal.option === option) values.set(key, { entry: ['accelerators', accelerator], value, ...refusal });
      else if (refusal.option.startsWith(`${option}[`)) {
        // An item of a list, by its place: what is around it says less.
        values.set(key, { entry: ['accelerators', accelerator], value: null, ...refusal });
      }
    }
  }
  return [...values].filter(([key]) => !sound.has(key)).map(([, mistake]) => mistake);
}

type Networks = () => AsyncGenerator<readonly Workload[]>;

/** The networks of a sweep, each built when it is first asked for; those that cannot be built are left to fail their points. */
function lazyNetworks(sweep: Sweep, context: EvaluationContext, onFault: OnFault): Networks {
  const choices = sweep.networks.flatMap((network) => choicesOf(network));
  const built: (readonly Workload[])[] = [];
  return async function* () {
    for (const [index, network] of choices.entries()) {
      const chain = { network, stages: [], seed: sweep.seed };
      built[index] ??= await asTask(() => prepareNetwork(chain, context)).then(
        ({ workloads }) => workloads,
        (error: unknown) => {
          reportFault(error, onFault);
          return [];
        },
      );
      yield built[index];
    }
  };
}

/** Why all networks are refused, in the words of the first; nothing when one is not, or when it is not about an option. */
async function refusalOf(
  choice: Choice,
  networks: Networks,
  { registry, border, contents }: EvaluationContext,
  onFault: OnFault,
): Promise<Refusal | undefined> {
  const model = registry.resolve('accelerator', choice.use);
  const options = locate('accelerator', choice, { registry, inputs: contents.inputs });
  let accelerator: GuardedAccelerator | undefined;
  const refused = await refusalBy(async () => {
    accelerator = await asTask(() => createAccelerator(border, model, options));
  }, onFault);
  const check = accelerator?.check;
  if (check === undefined) return refused;
  let first: Refusal | undefined;
  for await (const workloads of networks()) {
    const refusal = workloads.length === 0 ? undefined : await refusalBy(() => check(workloads), onFault);
    if (refusal === undefined) return undefined;
    first ??= refusal;
  }
  return first;
}

async function refusalBy(check: () => Promise<void>, onFault: OnFault): Promise<Refusal | undefined> {
  try {
    await check();
  } catch (error) {
    reportFault(error, onFault);
    const [diagnostic] = border.diagnosticsOf(error) ?? [];
    const option = /^options\.([\w.[\]-]+)/.exec(diagnostic?.path ?? '')?.[1];
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
