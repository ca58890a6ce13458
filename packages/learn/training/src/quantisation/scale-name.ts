/** Name of the scales of a quantised kernel, one an output channel. */
export function scaleName(kernel: string): string {
  return `${kernel}/scale`;
}
