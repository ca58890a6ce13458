/** A figure of an evaluated point: what it is, which way is better, and the values it can have. */
export interface Metric {
  readonly description: string;
  /** Absent for shares and plain counts. */
  readonly unit?: string;
  /** Which way is better where a sweep does not say. */
  readonly direction: 'minimize' | 'maximize';
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
}

/** Metrics of every evaluation; stages add theirs. */
export const ENGINE_METRICS: Readonly<Record<string, Metric>> = {
  cycles: cost('Clock cycles of one image.', 'cycles'),
  energyPj: cost('Energy of one image.', 'pJ'),
  areaUm2: cost('Area of the accelerator.', 'um2'),
  edpPjCycles: cost('Energy-delay product.', 'pJ x cycles'),
  macs: cost('Multiply-accumulates of one image.'),
  parameters: { description: 'Weights of the network.', direction: 'minimize', minimum: 0 },
  utilization: share("Share of the hardware's multipliers in use."),
};

/** Names of metrics, which are members of records and columns of tables. */
export const METRIC_NAME = '^[A-Za-z][\\w.-]*$';

/** Whether a stage may call a metric so; nobody can report a name that every object inherits. */
export function isMetricName(name: string): boolean {
  return new RegExp(METRIC_NAME).test(name) && !(name in Object.prototype);
}

/** What no network and no hardware comes without. */
function cost(description: string, unit?: string): Metric {
  return { description, ...(unit === undefined ? {} : { unit }), direction: 'minimize', exclusiveMinimum: 0 };
}

function share(description: string): Metric {
  return { description, direction: 'maximize', minimum: 0, maximum: 1 };
}
