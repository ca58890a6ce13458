import type { OptionPath } from '@archon-dse/core';
import type { Input } from './identity/inputs.js';

/** What the engine needs of the place it runs in, which may be Node or a browser. */
export interface Platform {
  /** Name and version of the program that evaluates, e.g. `@archon-dse/runner@0.1.0`: a part of every id. */
  readonly program: string;
  /** SHA-256 of a text in UTF-8, as hexadecimal digits. Ids and seeds are made of it, so it is the same everywhere. */
  sha256(text: string): string;
  /** Whether a file or folder that an option names still holds what it did when it was looked at. */
  isUnchanged(input: Input, path: OptionPath): Promise<boolean>;
}
