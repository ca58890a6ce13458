/**
 * The k-th largest value, k counted from 1, in linear time on average. Reorders `values`.
 *
 * @param values - at least k values, none NaN
 * @source Hoare, Algorithm 65: find, CACM 1961, with the middle element as pivot
 */
export function kthLargest(values: Float32Array, k: number): number {
  const wanted = k - 1;
  let left = 0;
  let right = values.length - 1;
  while (left < right) {
    const pivot = values[(left + right) >> 1]!;
    let i = left;
    let j = right;
    while (i <= j) {
      while (values[i]! > pivot) i += 1;
      while (values[j]! < pivot) j -= 1;
      if (i <= j) {
        const kept = values[i]!;
        values[i] = values[j]!;
        values[j] = kept;
        i += 1;
        j -= 1;
      }
    }
    if (wanted <= j) right = j;
    else if (wanted >= i) left = i;
    else return pivot;
  }
  return values[wanted]!;
}
