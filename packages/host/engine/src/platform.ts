import type { Diagnostic, OptionPath } from '@archon-dse/core';
import type { PluginCall } from './border/plugin-call.js';
import type { Input } from './identity/inputs.js';

/** What the engine needs of the place it runs in, such as Node or a browser, see {@link anyPlatform}. */
export interface Platform {
  /** Name and version of the program that evaluates, e.g. `@archon-dse/runner@0.1.0`: a part of every id. */
  readonly program: string;
  /** SHA-256 of a text in UTF-8, as hexadecimal digits. Ids and seeds are made of it, so it is the same everywhere. */
  readonly sha256: (text: string) => string;
  /** Whether a file or folder that an option names still holds what it did when it was looked at. */
  readonly isUnchanged: (input: Input, path: OptionPath) => Promise<boolean>;

  /** Calls plugin code, so that what it does to its surroundings is known to be its doing. May refuse to outside a task. */
  readonly enter: <T>(call: PluginCall, act: () => T) => T;
  /** Runs something that calls plugins; fails also for what they leave behind. Tasks in a task are part of it. */
  readonly task: <T>(act: () => T | Promise<T>) => Promise<T>;

  /** Any value in a few words, on one line. Never throws, whatever a plugin made. */
  readonly show: (value: unknown) => string;
  /** Whether a value is an Error. Never throws, nor believes a value that pretends to be one. */
  readonly isError: (value: unknown) => value is Error;
  /** Where the program's own code lies, as in the frames of a stack: errors from there have no place in a plugin. */
  readonly ownFolders: readonly string[];
  /** A stack with the places of sources that plugins were built from; as it is where there is no such thing. */
  readonly sourceStack?: (stack: string) => string;
  /** Where in a plugin's own code an error comes from, for people, by its stack. */
  readonly errorPlace?: (plugin: string, error: Error, stack: string) => Pick<Diagnostic, 'location' | 'frame'>;
}

/** A platform for any place where JavaScript runs: without files, and with plugins that can be trusted not to end it. */
export function anyPlatform({ program, sha256 }: Pick<Platform, 'program' | 'sha256'>): Platform {
  return {
    program,
    sha256,
    isUnchanged: () => Promise.resolve(true),
    enter: (_, act) => act(),
    task: async (act) => act(),
    show,
    isError,
    ownFolders: [],
  };
}

function show(value: unknown): string {
  if (typeof value === 'function') return 'a function';
  if (typeof value !== 'object' || value === null) return typeof value === 'string' ? `'${value}'` : String(value);
  try {
    return JSON.stringify(value);
  } catch {
    return 'a value that cannot be shown';
  }
}

function isError(value: unknown): value is Error {
  try {
    return value instanceof Error;
  } catch {
    return false;
  }
}
