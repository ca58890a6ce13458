/** Dynamic energy (pJ per action), idle energy (pJ per cycle) and area (um2) of a unit at a latency (ns). */
export type AnchorRow = readonly [latencyNs: number, dynamicPj: number, idlePj: number, areaUm2: number];

export type Unit = 'adder' | 'multiplier' | 'comparator' | 'counter' | 'bitwise' | 'register';

/**
 * Anchors of the logic units: 32 bits wide, `register` one bit. 40 nm measurements that the published tables use unscaled at 45 nm.
 *
 * @source Accelergy Aladdin plug-in, commit c33fe70, MIT, Copyright (c) 2019 Yannan (Nellie) Wu; notice in PROVENANCE.md
 */
export const ALADDIN_ANCHORS: Readonly<Record<Unit, readonly AnchorRow[]>> = {
  adder: [
    [1, 0.21, 0.0023, 278],
    [2, 0.0858, 0.0048, 179],
    [3, 0.0859, 0.0071, 179],
    [4, 0.0857, 0.0095, 179],
    [5, 0.0857, 0.0119, 179],
    [6, 0.0857, 0.0143, 179],
    [10, 0.0853, 0.0238, 179],
  ],
  multiplier: [
    [1, 12.68, 0.08, 6350],
    [2, 9.55, 0.1, 5140],
    [3, 8.8, 0.14, 4970],
    [4, 8.66, 0.19, 4620],
    [5, 8.63, 0.24, 4600],
    [6, 8.63, 0.29, 4600],
    [10, 8.8, 0.48, 4600],
  ],
  comparator: [
    [1, 0.02947, 2.51e-5, 71],
    [2, 0.028966, 4.84e-5, 70],
    [3, 0.02898, 7.27e-5, 70],
    [4, 0.02898, 9.69e-5, 70],
    [5, 0.029015, 0.0001211, 70],
    [6, 0.02898, 0.00014532, 70],
    [10, 0.02898, 0.0002422, 70],
  ],
  counter: [
    [1, 0.25074, 0.0003213, 495.5],
    [2, 0.21462, 0.0001932, 259],
    [3, 0.21441, 0.0002625, 255],
    [4, 0.211092, 0.0003303, 251.5],
    [5, 0.206325, 0.000406, 250.5],
    [6, 0.206682, 0.0004053, 225],
    [10, 0.20678, 0.0006377, 214.5],
  ],
  bitwise: [
    [1, 0.0181, 0.001, 50.4],
    [2, 0.018, 0.001, 50.4],
    [3, 0.018, 0.002, 50.4],
    [4, 0.018, 0.002, 50.4],
    [5, 0.018, 0.003, 50.4],
    [6, 0.018, 0.004, 50.4],
    [10, 0.0181, 0.006, 50.4],
  ],
  register: [
    [1, 0.009, 7e-5, 5.98],
    [2, 0.00901, 0.00015, 5.98],
    [3, 0.00901, 0.00022, 5.98],
    [4, 0.009, 0.0003, 5.98],
    [5, 0.009, 0.00037, 5.98],
    [6, 0.00901, 0.00044, 5.98],
    [10, 0.00554, 0.00074, 5.98],
  ],
};
