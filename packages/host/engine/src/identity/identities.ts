import {
  canonicalJson,
  deepFreeze,
  RECORD_SCHEMA_VERSION,
  type EvaluationRecord,
  type Plugin,
  type Point,
  type StageState,
} from '@archon-dse/core';
import { BoundedMap } from '../bounded-map.js';
import type { Chain } from '../chain.js';
import type { Basis } from '../evaluation-context.js';
import type { Job } from '../job.js';
import { ChoiceBook, type ChoiceFacts } from './choice-facts.js';
import { inputOf } from './inputs.js';

type PluginMeta = Plugin['meta'];

/** Plugins that some points depend on, and what is said of them. */
interface PluginSet {
  readonly plugins: readonly PluginMeta[];
  /** In canonical JSON, as a part of ids. */
  readonly identity: string;
  readonly provenance: EvaluationRecord['provenance']['plugins'];
}

const VERSION = `"schemaVersion":${String(RECORD_SCHEMA_VERSION)}`;

/** Everything that layer results of an accelerator depend on beside their keys. Plain data. */
export interface LayerGrounds {
  /** Id of the accelerator. */
  readonly accelerator: string;
  readonly plugin: { readonly name: string; readonly version: string; readonly code: string };
  readonly engine: { readonly name: string; readonly code: string };
  /** SHA-256 of what the paths in its options lead to, by option. */
  readonly files: Readonly<Record<string, string>>;
  /** SHA-256 of the chain of stages, where these left files that accelerators may read. */
  readonly chain?: string;
}

/** Sets of plugins that are remembered. */
const REMEMBERED = 100;

/**
 * By what results are known: ids, seeds, and what records say of where they come from. Points in a row share most of their choices, and
 * what follows from those is found once.
 */
export class Identities {
  readonly choices: ChoiceBook;
  private readonly basis: Basis;
  private readonly engine: string;
  /** A point is asked for its seed more than once. */
  private last: { readonly subject: Point | Chain; readonly seed: number } | undefined;
  private readonly sets = new BoundedMap<string, PluginSet>(REMEMBERED);

  constructor(basis: Basis) {
    this.basis = basis;
    this.choices = new ChoiceBook(basis);
    this.engine = canonicalJson({ name: basis.platform.program, code: basis.contents.code.engine });
  }

  /**
   * A point, which never changes again, with its id. Ids are equal exactly when the points, what the files hold that they name, the plugins and the program,
   * by version and code, and the record schema are.
   *
   * @returns as id the first 16 hexadecimal digits of a SHA-256
   */
  jobOf(point: Point): Job {
    const { identity: plugins } = this.pluginSetOf(point);
    const identity = `{"engine":${this.engine},"plugins":${plugins},"point":${this.identityOf(point)},${VERSION}}`;
    const id = this.basis.platform.sha256(identity).slice(0, 16);
    return { id, point };
  }

  /** Unsigned 32-bit seed of a point, or of a chain of stages; the same for the same files, wherever they lie. */
  seedOf(subject: Point | Chain): number {
    if (this.last?.subject === subject) return this.last.seed;
    const seed = Number.parseInt(this.basis.platform.sha256(this.identityOf(subject)).slice(0, 8), 16);
    this.last = { subject, seed };
    return seed;
  }

  /** The plugins a point's result depends on, each once, sorted by name. */
  pluginsOf(point: Point): readonly PluginMeta[] {
    return this.pluginSetOf(point).plugins;
  }

  /** What the record of a point says of where it comes from, but for the prices. */
  provenanceOf(point: Point): Omit<EvaluationRecord['provenance'], 'prices'> {
    const { code } = this.basis.contents;
    const files = this.filesOf(point);
    return {
      plugins: this.pluginSetOf(point).provenance,
      engine: this.basis.platform.program,
      ...(code.engine === '' ? {} : { engineCode: code.engine }),
      seed: this.seedOf(point),
      ...(files.length === 0 ? {} : { files }),
    };
  }

  /** Nothing where nobody has looked at the code. @param artifacts - what the stages of the point left */
  layerGroundsOf(
    { network, stages, accelerator, seed }: Point,
    { artifacts }: Pick<StageState, 'artifacts'>,
  ): LayerGrounds | undefined {
    const { contents, platform } = this.basis;
    const { entry, paths } = this.choices.of('accelerator', accelerator);
    const { name, version } = entry.plugin;
    const code = contents.code.plugins[name];
    if (code === undefined || contents.code.engine === '') return undefined;
    const files = paths.map(({ option, text, path }) => [option, inputOf(text, path, contents.inputs).sha256]);
    const hasArtifacts = Object.keys(artifacts).length > 0;
    return {
      accelerator: entry.id,
      plugin: { name, version, code },
      engine: { name: platform.program, code: contents.code.engine },
      files: Object.fromEntries(files) as Record<string, string>,
      ...(hasArtifacts ? { chain: platform.sha256(this.identityOf({ network, stages, seed })) } : {}),
    };
  }

  /** A point or a chain in canonical JSON, with contents in place of paths. */
  private identityOf(subject: Point | Chain): string {
    const { choices } = this;
    const [network, stages] = [choices.of('network', subject.network), subject.stages];
    const accelerator =
      'accelerator' in subject ? `"accelerator":${choices.of('accelerator', subject.accelerator).identity},` : '';
    const listed = stages.map((stage) => choices.of('stage', stage).identity).join(',');
    return `{${accelerator}"network":${network.identity},"seed":${String(subject.seed)},"stages":[${listed}]}`;
  }

  private pluginSetOf(point: Point): PluginSet {
    const parts = this.partsOf(point);
    let names = '';
    for (const { pluginNames } of parts) names += `${pluginNames},`;
    return this.sets.getOrMake(names, () => this.pluginSet(parts.flatMap(({ plugins }) => plugins)));
  }

  private pluginSet(used: readonly PluginMeta[]): PluginSet {
    const { code } = this.basis.contents;
    const plugins = [...new Map(used.map((plugin) => [plugin.name, plugin])).values()];
    plugins.sort((a, b) => (a.name < b.name ? -1 : 1));
    const codeOf = ({ name }: PluginMeta) => (code.plugins[name] === undefined ? {} : { code: code.plugins[name] });
    return {
      plugins,
      identity: canonicalJson(plugins.map((one) => ({ name: one.name, version: one.version, ...codeOf(one) }))),
      provenance: deepFreeze(
        plugins.map((one) => ({
          ...{ name: one.name, version: one.version, apiVersion: one.apiVersion },
          ...codeOf(one),
        })),
      ),
    };
  }

  /** What the paths of a point led to, in the order of network, stages and accelerator. */
  private filesOf(point: Point): readonly { readonly option: string; readonly sha256: string }[] {
    const { inputs } = this.basis.contents;
    const last = point.stages.length + 1;
    return this.partsOf(point).flatMap(({ paths }, index) => {
      const part = index === 0 ? 'network' : index === last ? 'accelerator' : `stages[${String(index - 1)}]`;
      return paths.map(({ option, text, path }) => ({
        option: `${part}.options.${option}`,
        sha256: inputOf(text, path, inputs).sha256,
      }));
    });
  }

  /** Network, stages and accelerator. */
  private partsOf({ network, stages, accelerator }: Point): readonly ChoiceFacts[] {
    const parts: ChoiceFacts[] = [this.choices.of('network', network)];
    for (const stage of stages) parts.push(this.choices.of('stage', stage));
    parts.push(this.choices.of('accelerator', accelerator));
    return parts;
  }
}

/** {@link Identities.jobOf} of one point. */
export function jobOf(point: Point, basis: Basis): Job {
  return new Identities(basis).jobOf(point);
}
