import { BACKENDS, type BackendEntry } from './backend-list.js';
import { adviceFor, firstLine } from './load-backend.js';
import { tryTraining } from './trial-training.js';

/** One backend on this machine. Plain JSON. */
export interface BackendReport {
  readonly id: string;
  /** `auto` may take it. */
  readonly automatic: boolean;
  /** `auto` takes it. */
  readonly chosen: boolean;
  /** What runs underneath; null when it cannot be used. */
  readonly description: string | null;
  /** Rate of training steps of a small network on one thread, to compare backends with; null when it cannot be used. */
  readonly imagesPerSecond: number | null;
  /** Why it cannot be used. */
  readonly problem?: string;
  /** How to get it, or a faster build of it. */
  readonly advice?: string;
}

/** Of a backend that had to fall back to WebAssembly. */
const NO_NATIVE_BUILD =
  'npm install onnxruntime-node; it has binaries for Linux and Windows on x64 and arm64 and macOS on arm64, elsewhere tfjs-node may be faster than WebAssembly';

/**
 * Loads every backend there is and measures each that loads; one after the other, as they would slow each other down.
 *
 * @param seconds - time to measure each for
 */
export async function measureBackends(
  seconds = 1,
  entries: readonly BackendEntry[] = BACKENDS,
): Promise<readonly BackendReport[]> {
  const rates = new Map<string, number>();
  const reports: BackendReport[] = [];
  for (const entry of entries) {
    const found = await measure(entry, seconds, rates);
    const chosen = entry.isAutomatic && found.description !== null && !reports.some((report) => report.chosen);
    reports.push({ id: entry.id, automatic: entry.isAutomatic, chosen, ...found });
  }
  return reports;
}

/** @param rates - of what has been measured, by description: two ids may stand for the same */
async function measure(
  entry: BackendEntry,
  seconds: number,
  rates: Map<string, number>,
): Promise<Omit<BackendReport, 'id' | 'automatic' | 'chosen'>> {
  try {
    const backend = await entry.load({});
    const { description } = backend;
    const imagesPerSecond = rates.get(description) ?? (await tryTraining(backend, seconds));
    rates.set(description, imagesPerSecond);
    const isSlow = description.startsWith('onnxruntime-web');
    return { description, imagesPerSecond, ...(isSlow ? { advice: NO_NATIVE_BUILD } : {}) };
  } catch (error) {
    return { description: null, imagesPerSecond: null, problem: firstLine(error), advice: adviceFor(entry) };
  }
}
