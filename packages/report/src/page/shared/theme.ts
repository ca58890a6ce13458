import { GROUP_COLORS } from '../../render/palette.js';
import { Signal } from './signal.js';

export type Scheme = 'light' | 'dark';
type Choice = Scheme | 'auto';

/** Colours the charts need; the rest of the page takes its colours from the style sheet. */
export interface ChartColors {
  readonly text: string;
  readonly muted: string;
  readonly line: string;
  readonly band: string;
  readonly surface: string;
  readonly off: string;
  readonly accent: string;
}

export const CHART_COLORS: Readonly<Record<Scheme, ChartColors>> = {
  light: {
    text: '#1f2430',
    muted: '#626b7c',
    line: '#e3e6ec',
    band: 'rgba(110, 120, 145, 0.07)',
    surface: '#ffffff',
    off: '#c3c8d2',
    accent: '#3b5bdb',
  },
  dark: {
    text: '#e8eaf0',
    muted: '#9aa3b5',
    line: '#2c3240',
    band: 'rgba(160, 170, 200, 0.07)',
    surface: '#171b24',
    off: '#4a5264',
    accent: '#8ea4ff',
  },
};

const dark = window.matchMedia('(prefers-color-scheme: dark)');
let choice: Choice = 'auto';

const system = (): Scheme => (dark.matches ? 'dark' : 'light');

/** The scheme in force: the system's unless the reader chose one; paper is light. */
export const scheme = new Signal<Scheme>(system());

function apply(next: Choice): void {
  document.documentElement.style.colorScheme = next === 'auto' ? 'light dark' : next;
  scheme.set(next === 'auto' ? system() : next);
}

/** Follows the system and the printer. */
export function followScheme(): void {
  dark.addEventListener('change', () => apply(choice));
  window.addEventListener('beforeprint', () => apply('light'));
  window.addEventListener('afterprint', () => apply(choice));
}

/** Switches between light and dark. */
export function toggleScheme(): void {
  choice = scheme.value === 'dark' ? 'light' : 'dark';
  apply(choice);
}

const RAMP = ['#6741d9', '#3f6be8', '#1495c4', '#10ac8c', '#74b53a', '#e3a008', '#e8590c'];

/** One colour a value: a ramp for three and more numbers, else colours that tell categories apart. */
export function colorsOf(values: readonly unknown[]): readonly string[] {
  const ordered = values.length > 2 && values.every((value) => typeof value === 'number');
  if (!ordered) return values.map((_, i) => GROUP_COLORS[i % GROUP_COLORS.length] ?? '');
  return values.map((_, i) => RAMP[Math.round((i * (RAMP.length - 1)) / (values.length - 1))] ?? '');
}
