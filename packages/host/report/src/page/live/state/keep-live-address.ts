import { effect } from '@preact/signals';
import { writeAddress } from '../../sweep/state/address.js';
import { addressOf } from '../../sweep/state/sweep-page.js';
import { searchOf, type LivePage } from './live-page.js';

/** Browsers limit how often an address may change. */
const SETTLE_MS = 200;

/** Keeps the address at what is shown, so that a reload or a bookmark leads there again. A single sweep is shown without being asked for. */
export function keepLiveAddress(page: LivePage): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  effect(() => {
    const [only, second] = page.sweeps.value ?? [];
    if (page.sweep.value === '' && only !== undefined && second === undefined) page.sweep.value = only.id;
  });
  effect(() => {
    if (page.sweep.value === '') return;
    const report = page.report.value;
    const hash = report === undefined ? location.hash : writeAddress(addressOf(report));
    const address = `${searchOf(page.sweep.value, page.beside.value)}${hash}`;
    clearTimeout(timer);
    timer = setTimeout(() => history.replaceState(null, '', address), SETTLE_MS);
  });
}
