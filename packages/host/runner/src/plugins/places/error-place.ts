import { readFileSync } from 'node:fs';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { Diagnostic } from '@archon-dse/core';
import { excerpt, safeMember } from '@archon-dse/engine/border';
import { decoratedPlace } from './decorated-place.js';
import { importPlace } from './import-place.js';
import { jsonPlace } from './json-place.js';
import { sourcePlace, stackPlaces, type Place } from './source-map.js';
import { findSyntaxError } from './syntax-error.js';

const LONGEST_LINE = 160;
/** Folders of the plugins that were imported, by name. */
const roots = new Map<string, string>();

/** Makes known where a plugin lies, before it is imported. */
export function noteRoot(plugin: string, root: string): void {
  roots.set(plugin, root);
}

/** A part of a diagnostic: where the code of a plugin went wrong, and the line. */
export type ErrorPlace = Pick<Diagnostic, 'location' | 'frame'>;

/**
 * The place in a plugin's own code that an error comes from, by its path from the working directory where it is inside.
 *
 * @param stack - with places of sources, see `sourceStack`
 */
export function errorPlace(plugin: string, error: Error, stack: string): ErrorPlace {
  const root = roots.get(plugin);
  if (root === undefined) return {};
  const place = placeOf(error, stack, root);
  if (place === undefined || !isOwn(place.file, root)) return {};
  const { line, column } = place;
  const location = { file: shownPath(place.file), line, column, length: 1 };
  const frame = frameOf(place);
  return { location, ...(frame === undefined ? {} : { frame }) };
}

function placeOf(error: Error, stack: string, root: string): Place | undefined {
  const message = textOf(safeMember(error, 'message'));
  const decorated = decoratedPlace(stack);
  if (decorated !== undefined) return sourcePlace(decorated);
  const named = importPlace(message, root) ?? jsonPlace(message);
  if (named !== undefined) return sourcePlace(named);
  const [, untyped] = /^Unknown file extension "\.[cm]?ts" for (.+)$/.exec(message) ?? [];
  if (untyped !== undefined) return { file: untyped, line: 1, column: 1 };
  const isParsed = !stack.includes('(node:internal/modules/esm/') || !(error instanceof SyntaxError);
  return (isParsed ? undefined : findSyntaxError(root)) ?? stackPlaces(stack).find(({ file }) => isOwn(file, root));
}

/** Whether a file is part of a plugin, and not of what the plugin has installed. */
function isOwn(file: string, root: string): boolean {
  return file.startsWith(root + sep) && !file.slice(root.length).split(sep).includes('node_modules');
}

/** From the working directory where the file is inside. */
function shownPath(file: string): string {
  const path = relative(process.cwd(), file);
  return path.startsWith('..') || isAbsolute(path) ? file : path;
}

/** The line with a caret below it, when the file can be read. */
function frameOf({ file, line, column }: Place): string | undefined {
  try {
    const text = readFileSync(file, 'utf8').split('\n')[line - 1];
    return text === undefined || column > LONGEST_LINE
      ? undefined
      : `${excerpt(text, LONGEST_LINE)}\n${' '.repeat(column - 1)}^`;
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** A diagnostic for a record, which is the same on every machine: the path is from the plugin's folder, and the line is left out. */
export function portablePlace(diagnostic: Diagnostic): Diagnostic {
  const { location, plugin = '' } = diagnostic;
  const root = roots.get(plugin);
  if (location === undefined || root === undefined) return diagnostic;
  const path = relative(root, resolve(location.file));
  const portable: { -readonly [K in keyof Diagnostic]: Diagnostic[K] } = { ...diagnostic };
  delete portable.frame;
  delete portable.location;
  if (!path.startsWith('..')) portable.location = { ...location, file: path.split(sep).join('/') };
  return portable;
}

/** Where a place of a record is on this machine, see {@link portablePlace}. */
export function localPath(root: string, file: string): string {
  return shownPath(join(root, file));
}
