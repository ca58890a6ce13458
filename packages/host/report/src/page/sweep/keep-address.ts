import { effect } from '@preact/signals';
import { writeAddress } from './state/address.js';
import { addressOf, type SweepPage } from './state/sweep-page.js';

/** Time for several changes to become one: browsers limit how often an address may change. */
const SETTLE_MS = 120;

/** Keeps the address at what the page shows. It stays as it came until the reader changes something. */
export function keepAddress(page: SweepPage): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const first = writeAddress(addressOf(page));
  effect(() => {
    const address = writeAddress(addressOf(page));
    clearTimeout(timer);
    if (address === first && timer === undefined) return;
    timer = setTimeout(() => history.replaceState(null, '', address), SETTLE_MS);
  });
}
