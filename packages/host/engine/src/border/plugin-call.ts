import { ArchonError } from '@archon-dse/core';

/** Which piece of plugin code is being run. */
export interface Culprit {
  readonly plugin: string;
  /** Public id of the contribution, e.g. `archon/dense`; absent while the plugin is loaded. */
  readonly contribution?: string;
  readonly layer?: string;
}

/** A call into a plugin; whatever the plugin starts in it belongs to it, also timers and promises that outlive it. */
export interface PluginCall {
  readonly culprit: Culprit;
  /** What was going on, e.g. `building the network`. */
  readonly doing: string;
}

/** Who failed, for the sentence "X failed while ...". */
export function nameOf({ plugin, contribution }: Culprit): string {
  return contribution === undefined ? `plugin "${plugin}"` : `${contribution} of plugin "${plugin}"`;
}

/** The error of a call that does not come to an end. */
export function stuck({ culprit, doing }: PluginCall, why: string): ArchonError {
  return new ArchonError({
    code: 'ARCHON_PLUGIN_STUCK',
    message: `${nameOf(culprit)} does not finish ${doing}: ${why}`,
    expected: 'a plugin that returns, throws or settles its promises',
    plugin: culprit.plugin,
  });
}
