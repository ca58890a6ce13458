/** Standard deviation of a standard normal distribution cut off at two sigma. */
const TRUNCATED_DEVIATION = 0.87962566103423978;

/**
 * Normal values cut off at two sigma, with standard deviation `sqrt(2 / fanIn)` after the cut.
 *
 * @source He et al., Delving Deep into Rectifiers, 2015; the cut and its correction as in Keras `he_normal`
 */
export function heNormal(count: number, fanIn: number, random: () => number): Float32Array {
  const sigma = Math.sqrt(2 / fanIn) / TRUNCATED_DEVIATION;
  return Float32Array.from({ length: count }, () => sigma * truncatedNormal(random));
}

/**
 * Uniform values within `+-sqrt(6 / fans)`.
 *
 * @param fans - inputs plus outputs of the kernel
 * @source Glorot and Bengio, Understanding the difficulty of training deep feedforward neural networks, 2010
 */
export function glorotUniform(count: number, fans: number, random: () => number): Float32Array {
  const limit = Math.sqrt(6 / fans);
  return Float32Array.from({ length: count }, () => limit * (2 * random() - 1));
}

/** Box-Muller, drawn again beyond two sigma. */
function truncatedNormal(random: () => number): number {
  for (;;) {
    const value = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    if (Math.abs(value) <= 2) return value;
  }
}
