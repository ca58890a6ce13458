import { effect } from '@preact/signals';
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
    const text = isRunning
      ? `${STEP * Math.floor(percent / STEP)} percent done`
      : `The run is ${STATE_WORDS[status.state].text}`;
    if (text === said) return;
    said = text;
    announce(text);
  });
}
