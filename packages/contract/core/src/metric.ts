import { own } from './own.js';

/** Which way is better. */
export const DIRECTIONS = ['minimize', 'maximize'] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** A figure of an evaluated point: what it is, which way is better, and the values it can have. */
export interface Metric {
  readonly description: string;
  /** Absent for shares and plain counts. */
  readonly unit?: string;
  /** Which way is better where a sweep does not say. */
  readonly direction: Direction;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
}

/** A metric that is known whatever plugins there are. */
export interface KnownMetric extends Metric {
  /** In words, without the unit. */
  readonly title: string;
}

/** Metrics of every evaluation; stages and accelerators add theirs. */
export const ENGINE_METRICS: Readonly<Record<string, KnownMetric>> = {
  cycles: { title: 'Cycles', unit: 'cycles', ...cost('Clock cycles of an image, or of a whole batch.') },
  energyPj: { title: 'Energy', unit: 'pJ', ...cost('Energy of an image, or of a whole batch.') },
  areaUm2: { title: 'Area', unit: 'um2', ...cost('Area of the accelerator.') },
  edpPjCycles: { title: 'Energy-delay product', unit: 'pJ x cycles', ...cost('Energy-delay product.') },
  macs: { title: 'MACs', ...cost('Multiply-accumulates of an image, or of a whole batch.') },
  parameters: { title: 'Parameters', description: 'Weights of the network.', direction: 'minimize', minimum: 0 },
  utilization: { title: 'Utilization', ...share("Share of the hardware's multipliers in use.") },
};

/** The metric by which stages tell how good a network is. */
export const ACCURACY: KnownMetric = { title: 'Accuracy', ...share('Share of test images recognised, top-1.') };

/** What is known of a metric by its name alone, where nobody is there to ask. */
export function knownMetric(name: string): KnownMetric | undefined {
  return name === 'accuracy' ? ACCURACY : own(ENGINE_METRICS, name);
}

/** Ends of the names of metrics, and the units they stand for. */
export const NAMED_UNITS = [
  ['PjCycles', 'pJ x cycles'],
  ['Pj', 'pJ'],
  ['Um2', 'um2'],
  ['Ms', 'ms'],
] as const;

/** A metric's name in words: its field name without the unit, e.g. `Energy` of `energyPj`. */
export function metricTitle(name: string): string {
  const [end = ''] = NAMED_UNITS.find(([one]) => name.endsWith(one)) ?? [];
  const words = name
    .slice(0, name.length - end.length)
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase();
  return knownMetric(name)?.title ?? words.charAt(0).toUpperCase() + words.slice(1);
}

/** Names of metrics, which are members of records and columns of tables. */
export const METRIC_NAME = '^[A-Za-z][\\w.-]*$';

const LONGEST_NAME = 100;

/** Whether a metric may be called so; nobody can report a name that every object inherits. */
export function isMetricName(name: string): boolean {
  return name.length <= LONGEST_NAME && new RegExp(METRIC_NAME).test(name) && !(name in Object.prototype);
}

/** What no network and no hardware comes without. */
function cost(description: string) {
  return { description, direction: 'minimize', exclusiveMinimum: 0 } as const;
}

function share(description: string) {
  return { description, direction: 'maximize', minimum: 0, maximum: 1 } as const;
}
