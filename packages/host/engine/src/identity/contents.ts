import type { Inputs } from './inputs.js';
import type { Pricers } from './pricers-of.js';

/** SHA-256 of the code that computes results. */
export interface CodeDigests {
  /** Of the engine and what it depends on. */
  readonly engine: string;
  /** Of each plugin and what it depends on, by its name. */
  readonly plugins: Readonly<Record<string, string>>;
}

/** Everything that points only name and their results depend on: what files hold, what the code says, and who prices. Plain data. */
export interface Contents {
  readonly inputs: Inputs;
  readonly code: CodeDigests;
  readonly pricers: Pricers;
}

/** Of points without files, where the identity of a result plays no part. */
export const NO_CONTENTS: Contents = { inputs: {}, code: { engine: '', plugins: {} }, pricers: {} };
