import { effect } from '@preact/signals';
import type { RunState } from '../../live/live-model.js';
import { announce } from '../shared/announce.js';
import { doneOf, STATE_WORDS } from './state/words.js';
import type { LivePage } from './state/live-page.js';

/** Steps, in percent, that are read out. */
const STEP = 10;

/** Tells how far the run is to who looks at another window, and, in few words, to who listens. */
export function followTitle(page: LivePage): void {
  let said = '';
  effect(() => {
    const status = page.status.value;
    const name = page.sweeps.value?.find(({ id }) => id === page.sweep.value)?.name;
    if (name === undefined || status === undefined) return;
    const [done, total] = doneOf(status.run ?? {});
    const percent = total === 0 ? 0 : Math.floor((100 * done) / total);
    const isRunning = status.state === 'running';
    document.title = `${isRunning ? `${percent} % ` : ''}${name} · Archon DSE`;
    const text = isRunning ? `${STEP * Math.floor(percent / STEP)} percent done` : stateSentence(status.state);
    if (text === said) return;
    said = text;
    announce(text);
  });
}

/** The state of a run that is not running, to be read out. */
function stateSentence(state: RunState): string {
  const { text, lead } = STATE_WORDS[state];
  return state === 'none' ? lead : `The run is ${text}`;
}
