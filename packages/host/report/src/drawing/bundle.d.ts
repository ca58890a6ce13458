/** The part of ECharts that draws without a browser, written to `dist/drawing` by `build-pages.mjs`: who installs this package gets no ECharts. */

/**
 * An option of ECharts as SVG; lines, points, axes, a title and a legend are there to draw with.
 *
 * @param size - in pixels
 */
export function drawSvg(
  option: Readonly<Record<string, unknown>>,
  size: { readonly width: number; readonly height: number },
): string;
