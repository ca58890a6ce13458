/**
 * SRAM sizes of the ARCHON accelerator that lie between the grid points, run as they are:
 * depth (words), width (bits), banks, ports, read, write (pJ per access), idle (pJ per cycle), area (um2). 45 nm.
 *
 * @source computed with CACTI 7 (commit 1ffd8df); settings in PROVENANCE.md
 */
// prettier-ignore
export const AUTHOR_POINTS_45NM: readonly (readonly [
  depthWords: number, widthBits: number, banks: number, ports: number,
  readPj: number, writePj: number, idlePj: number, areaUm2: number,
])[] = [
  [224, 16, 1, 2, 0.710115, 1.13063, 1.17686e-5, 3295.22],
  [13824, 64, 32, 2, 69.328, 70.215, 0.00537178, 1030030],
  [12800, 64, 32, 2, 67.8889, 68.7024, 0.00503123, 979198],
  [1094, 64, 32, 2, 29.8198, 30.177, 0.00083258, 164535],
];
