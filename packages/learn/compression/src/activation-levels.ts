/**
 * `2^bits` levels from about `least` to about `most`, moved so that 0 is one of them: zero padding and zeros after a ReLU stay exact. In
 * hardware they are whole numbers of so many bits with a zero point, `value = step * (code - zeroPoint)`. All figures are 32-bit floats, so
 * that backends compute with the same ones.
 *
 * @param least - smallest value seen
 * @param most - largest value seen
 * @source Jacob et al., CVPR 2018, equation 1 and section 3 on nudged zero points
 */
export function activationLevels(least: number, most: number, bits: number) {
  const [low, high] = [Math.min(least, 0), Math.max(most, 0)];
  const codes = 2 ** bits - 1;
  const step = Math.fround((high - low) / codes);
  if (!(step > 0)) return { least: 0, most: codes, step: 1 };
  const zeroPoint = Math.min(Math.round(-low / step), codes);
  return { least: Math.fround(-zeroPoint * step), most: Math.fround((codes - zeroPoint) * step), step };
}
