import { packMask, type StageState } from '@archon-dse/core';

type Apply = (state: StageState) => StageState;

/** The stage that faults are seeded in: it keeps half of the 4 x 2 weights of the classifier. */
export const soundStage: Apply = (state) => ({ ...state, densities: { ...state.densities, fc: { weights: 0.5 } } });

const fault =
  (change: (state: StageState) => Partial<StageState>): (() => Apply) =>
  () =>
  (state) => ({ ...soundStage(state), ...change(state) });

/** What goes wrong in a stage, by the name of the fault. */
export const STAGE_FAULTS: Readonly<Record<string, () => Apply>> = {
  'a state that is written to': () => (state) => soundStage(Object.assign(state, { metrics: {} })),
  'metrics dropped': fault(() => ({ metrics: {} })),
  'artifacts dropped': fault(() => ({ artifacts: {} })),
  'a density above 1': fault(() => ({ densities: { fc: { weights: 20 } } })),
  'a format of no layer': fault(() => ({ precisions: { ghost: { weights: 'int8' } } })),
  'a mask that contradicts the density': fault(() => ({ masks: { fc: packMask([2, 4, 1, 1], new Uint8Array(8)) } })),
  'an accuracy above 1': fault(() => ({ metrics: { accuracy: 1.5 } })),
  randomness: () => {
    let runs = 0;
    return (state) => ({ ...soundStage(state), artifacts: { ...state.artifacts, run: (runs += 1) } });
  },
};
