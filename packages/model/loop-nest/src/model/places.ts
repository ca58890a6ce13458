/** Places in DIMS. Sets of dimensions are bit masks over them; tables by level and dimension are indexed `level * 7 + place`. */
export const [C, M, R, S, P, Q, N] = [0, 1, 2, 3, 4, 5, 6] as const;
export const DIM_COUNT = 7;
export const PLACES = { C, M, R, S, P, Q, N } as const;

/** Places in DATA_SPACES. Tables by level and data space are indexed `level * 3 + place`. */
export const [WEIGHTS, INPUTS, OUTPUTS] = [0, 1, 2] as const;
export const SPACES = 3;
