/** Places in DIMS. Sets of dimensions are bit masks over them; tables by level and dimension are indexed `level * DIM_COUNT + place`. */
export const [C, M, R, S, P, Q, N, G] = [0, 1, 2, 3, 4, 5, 6, 7] as const;
export const DIM_COUNT = 8;
/** Place of a dimension by the code of its letter: a typed array is read faster than an object by a key that varies. */
export const PLACE_OF_LETTER = new Uint8Array(128);
[...'CMRSPQNG'].forEach((letter, place) => {
  PLACE_OF_LETTER[letter.charCodeAt(0)] = place;
});

/** Places in DATA_SPACES. Tables by level and data space are indexed `level * 3 + place`. */
export const [WEIGHTS, INPUTS, OUTPUTS] = [0, 1, 2] as const;
export const SPACES = 3;
