/** A share, 0..1, in percent: `91.2 %`, or `91.2%` as terminals have it. */
export function percentText(share: number, decimals = 1, space: ' ' | '' = ' '): string {
  return `${(100 * share).toFixed(decimals)}${space}%`;
}

/** The same of an error, with its sign; none where it rounds to nothing. */
export function errorText(error: number, decimals = 1, space: ' ' | '' = ' '): string {
  const text = percentText(error, decimals, space);
  const nothing = percentText(0, decimals, space);
  if (text === nothing || text === `-${nothing}`) return nothing;
  return error > 0 ? `+${text}` : text;
}

/** Whole numbers from 100 on, thousands parted; otherwise three digits. */
export function figureText(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en-US') : String(Number(value.toPrecision(3)));
}
