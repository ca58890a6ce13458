import type { Diagnostic, ErrorCode } from '@archon-dse/core';
import { border } from '../node-platform.js';

/** Hears how a plugin fails where it should only have checked its options. */
export type OnFault = (fault: Diagnostic) => void;

const FAULTS: readonly ErrorCode[] = ['ARCHON_PLUGIN_THREW', 'ARCHON_PLUGIN_STUCK'];

/** Reports what a plugin did wrong; a refusal in good order is left to fail its points. */
export function reportFault(error: unknown, onFault: OnFault): void {
  const diagnostics = border.diagnosticsOf(error);
  if (diagnostics === undefined) throw error;
  for (const diagnostic of diagnostics) if (FAULTS.includes(diagnostic.code)) onFault(diagnostic);
}
