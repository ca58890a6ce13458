import { ArchonError, type Diagnostic } from '@archon-dse/core';
import type { Platform } from '../platform.js';
import { copyDiagnostic, LONGEST_STACK } from './copy-diagnostic.js';
import { nameOf, type Culprit } from './plugin-call.js';
import { safeMember, safeTextMember } from './safe-text.js';

const MOST_DIAGNOSTICS = 100;

/**
 * Where engine and plugins meet: plugin code is called here and nowhere else, and whatever it throws becomes an error that names the
 * plugin. It runs inside a task, whoever calls it, so that nothing it does ends the host.
 */
export class Border {
  private readonly platform: Platform;

  constructor(platform: Platform) {
    this.platform = platform;
  }

  /**
   * Runs plugin code, or code of ours on what a plugin made, as a task unless one is under way. Whatever it throws becomes an ArchonError
   * that names the plugin.
   *
   * @param doing - what was going on, e.g. `building the network`
   * @param act - returns data of ours, such as a copy: what a plugin returns may have a `then` that promises further on would call
   * @throws ArchonError the one thrown, with plugin and layer added; ARCHON_PLUGIN_THREW for anything else
   */
  blame<T>(culprit: Culprit, doing: string, act: () => T | Promise<T>): Promise<T> {
    return this.platform.task(async () => {
      try {
        return await this.platform.enter({ culprit, doing }, act);
      } catch (error) {
        throw this.accuse(culprit, doing, error);
      }
    });
  }

  /** {@link blame} for plugin code that answers at once, inside a task: outside of one it is a mistake of ours. */
  blameSync<T>(culprit: Culprit, doing: string, act: () => T): T {
    try {
      return this.platform.enter({ culprit, doing }, act);
    } catch (error) {
      throw this.accuse(culprit, doing, error);
    }
  }

  /** What {@link blame} makes of `error`. Reading that may call plugin code too. */
  accuse(culprit: Culprit, doing: string, error: unknown): ArchonError {
    return this.platform.enter({ culprit, doing }, () => this.accusation(culprit, doing, error));
  }

  /** Any value in a few words. */
  show(value: unknown): string {
    return this.platform.show(value);
  }

  private accusation(culprit: Culprit, doing: string, error: unknown): ArchonError {
    const { plugin, layer } = culprit;
    const place = { plugin, ...(layer === undefined ? {} : { layer }) };
    const diagnostics = this.diagnosticsOf(error);
    if (diagnostics !== undefined) {
      const [first, ...rest] = diagnostics;
      const named = (item: Diagnostic): Diagnostic => ({ ...this.stackOf(error), ...item, ...place });
      return new ArchonError(named(first), ...rest.map(named));
    }
    return new ArchonError({
      code: 'ARCHON_PLUGIN_THREW',
      message: `${nameOf(culprit)} failed while ${doing}: ${this.describe(error)}`,
      expected: 'no exception, or an ArchonError that says what is wrong',
      ...place,
      ...this.placeOf(plugin, error),
      ...this.stackOf(error),
    });
  }

  /**
   * The diagnostics of an ArchonError, also one of another copy of core; `undefined` for any other value, such as one that only looks
   * like it. They are copies: texts are texts, and no longer than people can read.
   */
  diagnosticsOf(error: unknown): readonly [Diagnostic, ...Diagnostic[]] | undefined {
    if (!this.platform.isError(error) || safeMember(error, 'name') !== 'ArchonError') return undefined;
    const listed = safeMember(error, 'diagnostics');
    if (!Array.isArray(listed)) return undefined;
    try {
      const copies = listed.slice(0, MOST_DIAGNOSTICS).map(copyDiagnostic);
      const [first, ...rest] = copies.filter((copy) => copy !== undefined);
      return first === undefined || rest.length + 1 < copies.length ? undefined : [first, ...rest];
    } catch {
      return undefined;
    }
  }

  /** One line about anything that was thrown: its kind, its message and where it came from. */
  describe(error: unknown): string {
    if (!this.platform.isError(error)) return `threw ${this.platform.show(error)}`;
    const frame = this.firstFrame(this.stackOf(error).stack ?? '');
    const where = frame === undefined ? '' : ` (${frame})`;
    return `${safeTextMember(error, 'name') ?? 'Error'}: ${safeTextMember(error, 'message') ?? ''}${where}`;
  }

  /** The stack of an error with its paths, as the member of a diagnostic. */
  stackOf(error: unknown): Pick<Diagnostic, 'stack'> {
    const stack = this.platform.isError(error) ? safeTextMember(error, 'stack', LONGEST_STACK) : undefined;
    return stack === undefined ? {} : { stack: this.platform.sourceStack?.(stack) ?? stack };
  }

  /** Where in a plugin's own code an error comes from, as members of a diagnostic. */
  placeOf(plugin: string, error: unknown): Pick<Diagnostic, 'location' | 'frame'> {
    if (!this.platform.isError(error)) return {};
    return this.platform.errorPlace?.(plugin, error, this.stackOf(error).stack ?? '') ?? {};
  }

  /** `file.js:LINE` where a stack begins, or of its first frame that is not Node's; nothing where that is the program's own. */
  private firstFrame(stack: string): string | undefined {
    const [, start, startLine] = /^(file:\S+):(\d+)\n/.exec(stack) ?? [];
    if (start !== undefined) return `${baseName(start)}:${startLine ?? ''}`;
    for (const [, file = '', line = ''] of stack.matchAll(/\n\s+at .*?([^\s()]+):(\d+):\d+\)?(?=\n|$)/g)) {
      if (file.startsWith('node:')) continue;
      return this.platform.ownFolders.some((own) => file.startsWith(own)) ? undefined : `${baseName(file)}:${line}`;
    }
    return undefined;
  }
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** One diagnostic for several, for a record: the first, with the messages of all and without the paths of a stack. */
export function mergeDiagnostics(diagnostics: readonly [Diagnostic, ...Diagnostic[]]): Diagnostic {
  const first: Record<string, unknown> = { ...diagnostics[0] };
  delete first['stack'];
  return { ...(first as unknown as Diagnostic), message: diagnostics.map(({ message }) => message).join('\n') };
}
