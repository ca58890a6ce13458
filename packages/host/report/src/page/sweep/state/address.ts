import type { Interval, Narrowing } from './passing.js';

/** What of the page its address names; what is absent is the page's own choice. */
export interface Address extends Narrowing {
  readonly point?: string;
  /** Ids of the points that the chosen one is compared with, parted by commas. */
  readonly compare?: string;
  readonly x?: string;
  readonly y?: string;
  readonly logX?: boolean;
  readonly logY?: boolean;
  readonly color?: string;
  readonly zoom: boolean;
  readonly outside: boolean;
}

const TEXTS = ['point', 'compare', 'x', 'y', 'color'] as const;
const FLAGS = ['zoom', 'outside', 'frontsOnly'] as const;
const SCALES = ['logX', 'logY'] as const;
const FILTER = 'filter.';
const BRUSH = 'brush.';

/**
 * Reads `#point=ID&x=cycles&logX=1&filter.energyPj=<500 uJ&brush.cycles=100..200`. Anything else, and values that are not what they should be,
 * are passed over: an address is typed, cut off and translated by mailers. Names are checked by who uses them.
 */
export function readAddress(hash: string): Address {
  const parameters = new URLSearchParams(hash.replace(/^#/, ''));
  const flag = (name: string): boolean => parameters.get(name) === '1';
  const entries = [...parameters];
  const under = (prefix: string): [string, string][] =>
    entries.flatMap(([name, value]): [string, string][] =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), value]] : [],
    );
  const brushes = under(BRUSH).map(([key, text]) => [key, readIntervals(text)] as const);
  return {
    ...Object.fromEntries(TEXTS.flatMap((name) => (parameters.get(name) ? [[name, parameters.get(name)]] : []))),
    ...Object.fromEntries(SCALES.flatMap((name) => (parameters.has(name) ? [[name, flag(name)]] : []))),
    zoom: flag('zoom'),
    outside: flag('outside'),
    frontsOnly: flag('frontsOnly'),
    filters: new Map(under(FILTER).filter(([, text]) => text.trim() !== '')),
    brushes: new Map(brushes.filter(([, intervals]) => intervals.length > 0)),
  };
}

/** The address that {@link readAddress} reads back. */
export function writeAddress(address: Address): string {
  const parameters = new URLSearchParams();
  for (const name of TEXTS) if (address[name] !== undefined) parameters.set(name, address[name]);
  for (const name of SCALES) if (address[name] !== undefined) parameters.set(name, address[name] ? '1' : '0');
  for (const name of FLAGS) if (address[name]) parameters.set(name, '1');
  for (const [key, text] of address.filters) if (text.trim() !== '') parameters.set(FILTER + key, text);
  for (const [key, intervals] of address.brushes) {
    const text = intervals.map(([low, high]) => `${low}..${high}`).join(',');
    if (text !== '') parameters.set(BRUSH + key, text);
  }
  return `#${parameters.toString()}`;
}

function readIntervals(text: string): Interval[] {
  return text.split(',').flatMap((part): Interval[] => {
    const ends = part.split('..').map((end) => (end.trim() === '' ? NaN : Number(end)));
    const [low = NaN, high = NaN] = ends;
    return ends.length === 2 && low <= high && Number.isFinite(low) && Number.isFinite(high) ? [[low, high]] : [];
  });
}
