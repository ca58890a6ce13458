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
  /** The members of a map by name. A map that has some is closed: any other is an error, unless `additionalProperties` lets it in. */
  readonly properties?: Readonly<Record<string, MemberSchema>>;
  /** Members that must be given; the others are filled in with their defaults, or left out where they have none. */
  readonly required?: readonly string[];
  /** What other members of a map may be. */
  readonly additionalProperties?: boolean | Partial<ValueSchema>;
  /** Unit of a physical quantity, e.g. `words`, `bit`, `um2`. */
  readonly unit?: string;
  /** Set where the value, or each text of a list, is a path: then what is there counts, not its name. */
  readonly path?: OptionPath;
  /**
   * Set on an option of type `object` that may also be given as a document: the path of a YAML or JSON file, whose content then stands in
   * its place. What reads options never sees the path.
   */
  readonly document?: true;
  /** Documents of an option with `document` that need no file, by the name they are given by. */
  readonly named?: Readonly<Record<string, JsonValue>>;
}

/** A value with a name, such as a member of an option that is a map, with the documentation users see. */
export interface MemberSchema extends ValueSchema {
  readonly description: string;
  /** What the member is where a map that is given leaves it out. */
  readonly default?: JsonValue;
}

/** One attribute of a component class. Required where it has no default. */
export type AttributeSchema = MemberSchema;

/** The attributes of a component class by name. Closed: any other attribute is an error. */
export type AttributeSchemas = Readonly<Record<string, AttributeSchema>>;

/** One option of a contribution. */
export interface OptionSchema extends MemberSchema {
  readonly default: JsonValue;
  /**
   * Set for an option that came later: points have it only where it is given, so that the ids and seeds of those without it stay what they
   * were. Code reads its default all the same.
   */
  readonly optional?: true;
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
