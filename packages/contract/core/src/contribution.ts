import type { JsonValue } from './json.js';

/** What a value may be: the keywords of draft-07 JSON Schema that types and messages follow. A schema may have any others too. */
export interface ValueSchema {
  readonly type: 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'object';
  readonly enum?: readonly JsonValue[];
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly multipleOf?: number;
  readonly pattern?: string;
  /** What the items of a list may be. */
  readonly items?: Partial<ValueSchema>;
  /** Unit of a physical quantity, e.g. `words`, `bit`, `um2`. */
  readonly unit?: string;
}

/** One attribute of a component class, with the documentation users see. Required where it has no default. */
export interface AttributeSchema extends ValueSchema {
  readonly description: string;
  readonly default?: JsonValue;
}

/** The attributes of a component class by name. Closed: any other attribute is an error. */
export type AttributeSchemas = Readonly<Record<string, AttributeSchema>>;

/** One option of a contribution: an attribute that always has a default. */
export interface OptionSchema extends AttributeSchema {
  readonly default: JsonValue;
  /** Set where the value, or each text of a list, is a path: then what is there counts, not its name. */
  readonly path?: OptionPath;
}

/** The options of a contribution by name. Closed: any other option is an error. Every option has a default. */
export type OptionSchemas = Readonly<Record<string, OptionSchema>>;

/** What the path of an option leads to. Relative ones start from the working directory; an empty text is none. */
export interface OptionPath {
  readonly kind: 'file' | 'folder';
  /** Texts that are no paths, e.g. `procedural`. */
  readonly keywords?: readonly string[];
  /** Endings of the names of the files in a folder that count, at any depth, e.g. `.bin`; all files unless given. */
  readonly endings?: readonly string[];
}

/** What every contribution says about itself, whatever its kind. */
export interface Described {
  /** Name without namespace, kebab-case; the public id is `namespace/name`. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** Where the model or its figures come from. */
  readonly source: string;
}

/** What a contribution says about itself that a sweep chooses with options. */
export interface ContributionMeta<O extends OptionSchemas = OptionSchemas> extends Described {
  readonly options: O;
}
