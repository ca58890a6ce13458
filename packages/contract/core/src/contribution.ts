import type { JsonValue } from './json.js';

/** One option of a contribution: a draft-07 JSON Schema with the documentation users see. */
export interface OptionSchema {
  readonly type: 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'object';
  readonly description: string;
  readonly default: JsonValue;
  /** Unit of a physical quantity, e.g. `words`, `bit`, `um2`. */
  readonly unit?: string;
  readonly enum?: readonly JsonValue[];
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly multipleOf?: number;
  readonly pattern?: string;
  readonly items?: { readonly [key: string]: JsonValue };
  /** Set where the value, or each text of a list, is a path: then what is there counts, not its name. */
  readonly path?: OptionPath;
}

/** What the path of an option leads to. Relative ones start from the working directory; an empty text is none. */
export interface OptionPath {
  readonly kind: 'file' | 'folder';
  /** Texts that are no paths, e.g. `procedural`. */
  readonly keywords?: readonly string[];
  /** Endings of the names of the files in a folder that count, at any depth, e.g. `.bin`; all files unless given. */
  readonly endings?: readonly string[];
}

/** What every contribution says about itself. */
export interface ContributionMeta {
  /** Name without namespace, kebab-case; the public id is `namespace/name`. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** Options by name. Closed: any other option is an error. Every option has a default. */
  readonly options: Readonly<Record<string, OptionSchema>>;
  /** Where the model or its figures come from. */
  readonly source: string;
}
