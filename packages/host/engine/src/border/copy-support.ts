import { fail, type Support } from '@archon-dse/core';
import type { Platform } from '../platform.js';
import { excerpt } from './safe-text.js';

/**
 * What an accelerator says about a workload, with each member read once.
 *
 * @param id - of the accelerator, for errors
 * @param show - puts any value in a few words, see `Platform`
 * @throws ArchonError ARCHON_RESULT_INVALID when it is neither
 */
export function copySupport(answer: Support, id: string, show: Platform['show']): Support {
  const { ok, reason } = answer as { readonly ok: unknown; readonly reason?: unknown };
  if (ok === true) return { ok };
  if (ok === false && typeof reason === 'string') return { ok, reason: excerpt(reason) };
  return fail({
    code: 'ARCHON_RESULT_INVALID',
    message: `supports of ${id} returned { ok: ${show(ok)}, reason: ${show(reason)} }`,
    expected: '{ ok: true }, or { ok: false } with a reason',
  });
}
