/**
 * Colours of groups and components, apart from each other for people who see red and green alike; each at least 3 : 1 against white and
 * against the dark page.
 */
export const GROUP_COLORS = [
  '#4c6ef5',
  '#e8590c',
  '#0ca678',
  '#ae3ec9',
  '#b8860b',
  '#1098ad',
  '#e64980',
  '#5c940d',
  '#8d7b6b',
  '#868e96',
] as const;

/** Shapes of marks: with its colour and fill, each of the first twelve is unlike any other. */
export const SHAPES = ['circle', 'rect', 'triangle', 'diamond', 'pin', 'arrow'] as const;

export type Shape = (typeof SHAPES)[number];

/** How the marks of the i-th category look; hollow ones come after each shape was used once. */
export function markOf(index: number): { readonly shape: Shape; readonly hollow: boolean } {
  return { shape: SHAPES[index % SHAPES.length] ?? 'circle', hollow: Math.floor(index / SHAPES.length) % 2 === 1 };
}

/**
 * Ends and stops of a scale for numbers, dark to light in even steps (viridis), without its lightest part on white and its darkest on black.
 *
 * @source Smith, van der Walt, "A Better Default Colormap for Matplotlib", SciPy 2015
 */
const VIRIDIS = [
  '#440154',
  '#482878',
  '#3e4989',
  '#31688e',
  '#26828e',
  '#1f9e89',
  '#35b779',
  '#6ece58',
  '#b5de2b',
  '#fde725',
];

/** Colour at a place from 0 to 1 of the scale. */
export function rampColor(place: number, scheme: 'light' | 'dark'): string {
  const stops = scheme === 'light' ? VIRIDIS.slice(0, 8) : VIRIDIS.slice(2);
  const at = Math.min(1, Math.max(0, place)) * (stops.length - 1);
  const [low, high] = [stops[Math.floor(at)] ?? '', stops[Math.ceil(at)] ?? ''];
  const part = (from: number): string => {
    const [a, b] = [low, high].map((color) => parseInt(color.slice(from, from + 2), 16));
    const mixed = Math.round((a ?? 0) + ((b ?? 0) - (a ?? 0)) * (at % 1));
    return mixed.toString(16).padStart(2, '0');
  };
  return `#${part(1)}${part(3)}${part(5)}`;
}
