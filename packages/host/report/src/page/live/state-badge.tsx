import type { RunState } from '../../live/live-model.js';
import { STATE_WORDS } from './state/words.js';

/** How a run is, in a word. */
export function StateBadge({ state }: { readonly state: RunState }) {
  const { text, kind } = STATE_WORDS[state];
  return <span class={`badge ${kind}`.trim()}>{text}</span>;
}
