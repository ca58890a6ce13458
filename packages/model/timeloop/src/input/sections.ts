import { readYaml } from '@archon-dse/config';
import { fail } from '@archon-dse/core';
import { Field } from './field.js';
import { refuseTemplate } from './template.js';

/** A file as the user gave it: its text, and the name that mistakes are told with. */
export interface TimeloopFile {
  readonly name: string;
  readonly text: string;
}

const TAGS = ['!Container', '!Component', '!Parallel', '!Hierarchical', '!Pipelined', '!Nothing'];

/** The top keys of Timeloop's files, and the section each is; several files may bring lists of the same section. */
const SECTIONS: Readonly<Record<string, Section>> = {
  architecture: 'architecture',
  arch: 'architecture',
  problem: 'problem',
  mapping: 'mapping',
  mapper: 'mapper',
  architecture_constraints: 'constraints',
  arch_constraints: 'constraints',
  mapspace_constraints: 'constraints',
  mapspace: 'constraints',
  compound_components: 'components',
  components: 'components',
  ERT: 'ERT',
  ART: 'ART',
  variables: 'variables',
  sparse_optimizations: 'sparse',
  globals: 'globals',
};

/** Marks of the programs that write such files. */
const MARKS = ['dumped_by_timeloop_front_end'];

export type Section =
  | 'architecture'
  | 'problem'
  | 'mapping'
  | 'mapper'
  | 'constraints'
  | 'components'
  | 'ERT'
  | 'ART'
  | 'variables'
  | 'globals'
  | 'sparse';

/** Sections that more than one file may have, each adding to the others. */
const ADDING: readonly Section[] = ['constraints', 'components'];

/** The sections of all files. */
export class Sections {
  private readonly found = new Map<Section, Field[]>();
  private readonly roots: Field[] = [];

  /**
   * @throws ArchonError ARCHON_YAML_SYNTAX, ARCHON_TIMELOOP_UNSUPPORTED for a template that is not rendered, ARCHON_TIMELOOP_INVALID for
   *   a section that two files have
   */
  constructor(files: readonly TimeloopFile[]) {
    for (const { name, text } of files) {
      refuseTemplate(name, text);
      const { root, problems } = readYaml(text, name, 'sweep', '', TAGS);
      const file = new Field(root, problems).only([...Object.keys(SECTIONS), ...MARKS]);
      this.roots.push(file);
      for (const [key, value] of file.entries()) {
        const section = SECTIONS[key];
        if (section !== undefined) this.add(section, key, value);
      }
    }
  }

  /** The one section of a kind, if a file has it. */
  get(section: Section): Field | undefined {
    return this.found.get(section)?.[0];
  }

  /** @throws ArchonError ARCHON_TIMELOOP_INVALID when no file has the section */
  need(section: Section): Field {
    const found = this.get(section);
    if (found !== undefined) return found;
    this.throwIfAny();
    return fail({
      code: 'ARCHON_TIMELOOP_INVALID',
      message: `no file has ${/^[aeiou]/.test(section) ? 'an' : 'a'} ${section}`,
      expected: `a file with the key "${section}"`,
    });
  }

  all(section: Section): readonly Field[] {
    return this.found.get(section) ?? [];
  }

  /** Tells the mistakes that were only collected. */
  throwIfAny(): void {
    for (const root of this.roots) root.finish();
  }

  private add(section: Section, key: string, value: Field): void {
    const before = this.found.get(section);
    if (before !== undefined && !ADDING.includes(section)) {
      value.fail(`two files have a ${key}`, { expected: 'each part once' });
    }
    this.found.set(section, [...(before ?? []), value]);
  }
}
