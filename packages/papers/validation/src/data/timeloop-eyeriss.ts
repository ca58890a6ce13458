import { EYERISS_ALEXNET } from './eyeriss-chip.js';
import type { ConvShape } from '../conv-shape.js';

export interface SimulatedLayer {
  readonly name: string;
  readonly shape: ConvShape;
  /** Output plane the simulation padded to. */
  readonly paddedPlane: number;
  readonly cycles: number;
  readonly energyUj: number;
}

const FIGURES: readonly (readonly [cycles: number, energyUj: number, paddedPlane: number])[] = [
  [2_838_528, 2137.49, 56],
  [6_881_280, 4402.46, 28],
  [3_833_856, 2927.08, 13],
  [2_875_392, 2259.79, 13],
  [1_916_928, 1506.53, 13],
];

/**
 * Dense AlexNet, batch of 4, on an Eyeriss of 168 PEs: Timeloop cycles and Accelergy energies at 45 nm.
 *
 * @source Wu et al., Sparseloop, MICRO 2022, artifact, set-up of table 7, dense outputs
 */
export const TIMELOOP_ALEXNET: readonly SimulatedLayer[] = EYERISS_ALEXNET.flatMap(({ name, shape }, index) => {
  const [cycles, energyUj, paddedPlane] = FIGURES[index] ?? [];
  if (cycles === undefined || energyUj === undefined || paddedPlane === undefined) return [];
  return [{ name, shape, cycles, energyUj, paddedPlane }];
});
