/** What a new sweep is to be about. */
export interface Wishes {
  readonly networks: readonly string[];
  readonly accelerators: readonly string[];
  readonly objectives: readonly string[];
  /** Absent of a sweep of all points. */
  readonly search?: { readonly strategy: string; readonly points: number };
  /** As they are named on the command line. */
  readonly plugins: readonly string[];
}

/** What is swept where nobody says otherwise. */
export const USUAL = {
  networks: ['mobilenet-v2'],
  accelerators: ['dense'],
  objectives: ['cycles', 'energyPj'],
  points: 100,
} as const satisfies Partial<Wishes> & { readonly points: number };
