import { knownMetric, NAMED_UNITS } from './metric.js';
import { own } from './own.js';

/** A unit that people read, or a multiplier of a count: the metric's own value is the shown one times `factor`. */
export interface DisplayUnit {
  readonly factor: number;
  readonly text: string;
}

type Scale = readonly [DisplayUnit, ...DisplayUnit[]];

const unit = (factor: number, text: string): DisplayUnit => ({ factor, text });

/** The unit itself, a thousand of it, and so on. */
function thousands(first: string, ...others: readonly string[]): Scale {
  return [unit(1, first), ...others.map((text, index) => unit(1000 ** (index + 1), text))];
}

const ENERGY = ['pJ', 'nJ', 'µJ', 'mJ', 'J', 'kJ', 'MJ'] as const;
const AREA: Scale = [unit(1, 'µm²'), unit(1e6, 'mm²')];
const COUNT = thousands('', 'k', 'M', 'G', 'T');
const SHARE: Scale = [unit(0.01, '%')];

/** Units to read quantities in, by the unit they are in; the smallest first. */
const DISPLAY_UNITS: Readonly<Record<string, Scale>> = {
  pJ: thousands(...ENERGY),
  um2: AREA,
  ms: thousands('ms', 's'),
  'pJ x cycles': thousands('pJ·cycles', ...ENERGY.slice(1).map((text) => `${text}·cycles`)),
};

/**
 * Units of a metric, the smallest first; of one that nothing is known of, as its name says.
 *
 * @param declared - its unit, where somebody says so
 */
export function displayUnits(metric: string, declared?: string): Scale {
  if (declared !== undefined) return own(DISPLAY_UNITS, declared) ?? [unit(1, declared)];
  const known = knownMetric(metric);
  if (known?.maximum === 1) return SHARE;
  const named = known?.unit ?? NAMED_UNITS.find(([end]) => metric.endsWith(end))?.[1];
  return DISPLAY_UNITS[named ?? ''] ?? COUNT;
}
