/**
 * Channel count under a width multiplier: the multiple of `divisor` nearest to `channels * width`, ties up, at least `divisor`.
 * Width 1 gives back every count that is a multiple of the divisor, so choose a divisor that all published counts share.
 *
 * @param channels - published count
 * @param width - multiplier > 0
 * @param divisor - what the result is a multiple of: the groups of a grouped convolution, or 8 as MobileNetV2 has it
 * @throws RangeError when width 1 would not give back `channels`
 */
export function scaleChannels(channels: number, width: number, divisor = 1): number {
  if (channels % divisor !== 0) throw new RangeError(`${channels} channels are not a multiple of ${divisor}`);
  return Math.max(divisor, Math.round((channels * width) / divisor) * divisor);
}
