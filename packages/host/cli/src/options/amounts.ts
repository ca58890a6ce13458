import { InvalidArgumentError } from 'commander';

const BYTES: Readonly<Record<string, number>> = { '': 1, B: 1, kB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 };
const HOURS: Readonly<Record<string, number>> = { h: 1, d: 24, w: 7 * 24 };

/** Bytes as people write them, `500MB` or `2e9`; nothing for another text. */
export function bytesIn(text: string): number | undefined {
  return amountIn(text, BYTES);
}

/** Parser of a number of bytes. */
export function bytesFlag(text: string): number {
  return bytesIn(text) ?? refuse('It must be a number of bytes, such as 500MB or 2GB.');
}

/** Parser of a time, in hours. */
export function hoursFlag(text: string): number {
  return amountIn(text, HOURS) ?? refuse('It must be a time, such as 12h, 30d or 8w.');
}

function amountIn(text: string, units: Readonly<Record<string, number>>): number | undefined {
  const [, number = '', name = ''] = /^(\d+(?:\.\d+)?(?:e\d+)?) ?([a-z]*)$/i.exec(text.trim()) ?? [];
  const unit = Object.entries(units).find(([one]) => one.toLowerCase() === name.toLowerCase())?.[1];
  const amount = Number(number) * (unit ?? NaN);
  return number === '' || !Number.isFinite(amount) ? undefined : amount;
}

function refuse(message: string): never {
  throw new InvalidArgumentError(message);
}
