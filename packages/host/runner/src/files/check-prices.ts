import {
  canonicalJson,
  defaultsOf,
  isInDocument,
  optionsByPath,
  own,
  valueAtPath,
  valuesByPath,
  withValueAt,
  type Component,
  type ErrorCode,
  type Options,
  type Registered,
  type Sweep,
} from '@archon-dse/core';
import type { OptionMistake } from '@archon-dse/config';
import { locate, type EvaluationContext } from '@archon-dse/engine';
import { createAccelerator } from '@archon-dse/engine/border';
import { isTooLarge } from '../explore/expand.js';
import { reportFault, type OnFault } from './faults.js';
import { ValuesToCheck } from './values-to-check.js';

/** Why there is no price, and the option that the model names for it, if any. */
type Unpriced = Pick<OptionMistake, 'problem' | 'option'>;

/** What an option can be to blame for; anything else is wrong with the plugin. */
const MISTAKES: readonly ErrorCode[] = ['ARCHON_BAD_OPTION', 'ARCHON_PRICE_INFEASIBLE', 'ARCHON_PRICE_BAD_COMPONENT'];

/**
 * Values of accelerator options with which the hardware has no price, whatever the other options, such as a buffer larger than the tables
 * go; and accelerators of which no combination has one. A single combination that goes wrong is a point that fails. Networks and stages
 * have no part in prices.
 */
export async function checkPrices(
  sweep: Sweep,
  context: EvaluationContext,
  onFault: OnFault = () => undefined,
): Promise<readonly OptionMistake[]> {
  const mistakes: OptionMistake[] = [];
  for (const [accelerator, candidate] of sweep.accelerators.entries()) {
    const model = context.registry.resolve('accelerator', candidate.use);
    if (isTooLarge(candidate, sweep)) continue;
    const [values, sound] = [new Map<string, OptionMistake>(), new Set<string>()];
    let unpriced: Unpriced | undefined;
    const unknown = new ValuesToCheck(candidate);
    for (const { options } of unknown.choices()) {
      const found = await problemOf(model, options, context, onFault);
      if (found === undefined) {
        unknown.noteWorking();
        for (const entry of valuesByPath(options)) sound.add(canonicalJson(entry));
      } else {
        unpriced ??= found;
        for (const [option, value] of await culpritsOf(
          model,
          options,
          { named: found.option, varied: Object.keys(candidate.axes) },
          context,
        )) {
          values.set(canonicalJson([option, value]), {
            entry: ['accelerators', accelerator],
            option,
            value,
            problem: found.problem,
          });
        }
      }
    }
    const wrong = [...values].filter(([key]) => !sound.has(key)).map(([, mistake]) => mistake);
    mistakes.push(...wrong);
    if (unpriced !== undefined && sound.size === 0 && wrong.length === 0) {
      mistakes.push({ entry: ['accelerators', accelerator], problem: unpriced.problem });
    }
  }
  return mistakes;
}

/** Why an accelerator has no price; nothing when it has, or when its plugin broke, which is for the points to tell. */
async function problemOf(
  model: Registered<'accelerator'>,
  options: Options,
  { registry, platform, border, contents, hardwarePricer }: EvaluationContext,
  onFault: OnFault = () => undefined,
): Promise<Unpriced | undefined> {
  const given = locate('accelerator', { use: model.id, options }, { registry, inputs: contents.inputs });
  let components: readonly Component[] = [];
  try {
    await platform.task(() => {
      components = createAccelerator(border, model, given).components();
      hardwarePricer.price(components, model);
    });
    return undefined;
  } catch (error) {
    reportFault(error, onFault);
    const [diagnostic] = border.diagnosticsOf(error) ?? [];
    if (!MISTAKES.some((code) => code === diagnostic?.code) || diagnostic === undefined) return undefined;
    const { code, message, expected, hint } = diagnostic;
    const path = diagnostic.path ?? '';
    const part = components[Number(/^components\[(\d+)\]/.exec(path)?.[1] ?? NaN)]?.name;
    const option = part === undefined ? /^options\.(.+)$/.exec(path)?.[1] : partOf(model, options, part);
    return {
      problem: {
        code,
        message,
        ...(expected === undefined ? {} : { expected }),
        ...(hint === undefined ? {} : { hint }),
      },
      ...(option === undefined ? {} : { option }),
    };
  }
}

/** The part of a document that a component is, by its name. */
function partOf(model: Registered<'accelerator'>, options: Options, name: string): string | undefined {
  const { options: schemas } = model.contribution.meta;
  return valuesByPath(options).find(([path]) => path.endsWith(`.${name}`) && isInDocument(schemas, path))?.[0];
}

/**
 * The options and members to blame: what the model names inside a document, or what varies of it; or else each that alone at its default
 * would give the accelerator a price.
 */
async function culpritsOf(
  model: Registered<'accelerator'>,
  options: Options,
  { named, varied }: { readonly named: string | undefined; readonly varied: readonly string[] },
  context: EvaluationContext,
) {
  const culprits: (readonly [string, Options[string]])[] = [];
  const { options: schemas } = model.contribution.meta;
  if (named !== undefined && isInDocument(schemas, named)) {
    const inside = varied.filter((path) => path.startsWith(`${named}.`));
    const blamed = inside.length > 0 ? inside : [named];
    const found = valuesByPath(options).filter(([path]) => blamed.includes(path));
    // An item of a list whose items have no names has no path of its own, and is named by its place.
    return found.length > 0 ? found : [[named, null] as const];
  }
  const [known, defaults] = [optionsByPath(schemas), defaultsOf(schemas)];
  for (const entry of valuesByPath(options)) {
    const [path, value] = entry;
    const schema = own(known, path);
    const usual = valueAtPath(defaults, path);
    if (schema === undefined || schema.path !== undefined || schema.properties !== undefined) continue;
    if (usual === undefined) continue;
    if (canonicalJson(usual) === canonicalJson(value)) continue;
    const cured = await problemOf(model, withValueAt(options, path, usual), context);
    if (cured === undefined) culprits.push(entry);
  }
  return culprits;
}
