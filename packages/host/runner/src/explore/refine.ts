import {
  listValues,
  completeValue,
  readPointPath,
  schemaAtPath,
  withValueAt,
  type Candidate,
  type ChoiceKind,
  type JsonValue,
  type Options,
  type Point,
  type Refine,
  type Registry,
  type Sweep,
} from '@archon-dse/core';

/** A setting of the second step for one part of a point. */
interface Setting {
  readonly option: string;
  readonly value: JsonValue;
}

/**
 * A sweep as its second step sees it: every candidate with the settings for options that it has. What axes and formulas say of each other
 * is left out, since settings may say otherwise.
 */
export function refinedSweep(sweep: Sweep, { set }: Refine, registry: Registry): Sweep {
  const settings = settingsIn(set);
  const one = (kind: ChoiceKind, part: string) => (candidate: Candidate) => {
    return withSettings(candidate, kind, settings.of(part), registry);
  };
  return {
    ...sweep,
    where: [],
    seed: settings.seed ?? sweep.seed,
    networks: sweep.networks.map(one('network', 'network')),
    stages: sweep.stages.map((stage, index) => one('stage', stagePart(index))(stage)),
    accelerators: sweep.accelerators.map(one('accelerator', 'accelerator')),
  };
}

/** A point as the second step evaluates it; what has no such option stays as it is. */
export function refinePoint({ network, stages, accelerator, seed }: Point, { set }: Refine, registry: Registry): Point {
  const settings = settingsIn(set);
  const one = (kind: ChoiceKind, part: string, { use, options }: Point['network']): Point['network'] => {
    const refined = withSettings({ use, options, axes: {} }, kind, settings.of(part), registry);
    return { use, options: refined.options };
  };
  return {
    network: one('network', 'network', network),
    stages: stages.map((stage, index) => one('stage', stagePart(index), stage)),
    accelerator: one('accelerator', 'accelerator', accelerator),
    seed: settings.seed ?? seed,
  };
}

function stagePart(index: number): string {
  return `stages[${String(index)}]`;
}

/** The settings by the part of a point they are for. */
function settingsIn(set: Refine['set']): { readonly seed?: number; readonly of: (part: string) => readonly Setting[] } {
  const { seed, ...others } = set;
  const byPart = new Map<string, Setting[]>();
  for (const [text, value] of Object.entries(others)) {
    const { part = 'network', option = '' } = readPointPath(text) ?? {};
    const key = typeof part === 'string' ? part : stagePart(part.stage);
    byPart.set(key, [...(byPart.get(key) ?? []), { option, value }]);
  }
  return { ...(typeof seed === 'number' ? { seed } : {}), of: (part) => byPart.get(part) ?? [] };
}

function withSettings(
  candidate: Candidate,
  kind: ChoiceKind,
  settings: readonly Setting[],
  registry: Registry,
): Candidate {
  if (settings.length === 0) return candidate;
  const { options } = registry.resolve(kind, candidate.use).contribution.meta;
  return settings.reduce((changed, { option, value }) => {
    const schema = schemaAtPath(options, option);
    return schema === undefined ? changed : withSetting(changed, option, completeValue(schema, value));
  }, candidate);
}

/** A candidate with a fixed value in place of what it has, fixed or on an axis. */
function withSetting({ use, options, axes }: Candidate, option: string, value: JsonValue): Candidate {
  const outer = Object.keys(axes).find((axis) => option.startsWith(`${axis}.`));
  if (outer !== undefined) {
    const member = option.slice(outer.length + 1);
    const values = listValues(axes[outer] ?? []).map((one) => withValueAt(one as Options, member, value));
    return { use, options, axes: { ...axes, [outer]: values } };
  }
  const others = Object.entries(axes).filter(([axis]) => axis !== option && !axis.startsWith(`${option}.`));
  return { use, options: withValueAt(options, option, value), axes: Object.fromEntries(others) };
}
