import { signal } from '@preact/signals';
import type { ChartColors } from './chart/style.js';

type Scheme = ChartColors['scheme'];
type Choice = Scheme | 'auto';

const CHART_COLORS: Readonly<Record<Scheme, ChartColors>> = {
  light: {
    scheme: 'light',
    text: '#1f2430',
    muted: '#5b6475',
    line: '#dcdfe6',
    band: 'rgba(110, 120, 145, 0.07)',
    surface: '#ffffff',
    off: '#7d8596',
    accent: '#3b5bdb',
  },
  dark: {
    scheme: 'dark',
    text: '#e8eaf0',
    muted: '#9aa3b5',
    line: '#2c3240',
    band: 'rgba(160, 170, 200, 0.07)',
    surface: '#171b24',
    off: '#7a8296',
    accent: '#8ea4ff',
  },
};

/** System colours that stand in where the reader forces their own. */
const FORCED = {
  text: 'CanvasText',
  muted: 'CanvasText',
  line: 'GrayText',
  surface: 'Canvas',
  off: 'GrayText',
  accent: 'Highlight',
} as const;

const dark = window.matchMedia('(prefers-color-scheme: dark)');
const forced = window.matchMedia('(forced-colors: active)');
let choice: Choice = 'auto';

const system = (): Scheme => (dark.matches ? 'dark' : 'light');

/** Colours in force: the system's scheme unless the reader chose one; paper is light; forced colours win. */
export const theme = signal<ChartColors>(colorsIn(system()));

function colorsIn(scheme: Scheme): ChartColors {
  if (!forced.matches) return CHART_COLORS[scheme];
  const probe = document.createElement('span');
  document.documentElement.append(probe);
  const resolved = Object.entries(FORCED).map(([name, color]) => {
    probe.style.color = color;
    return [name, getComputedStyle(probe).color];
  });
  probe.remove();
  return { ...CHART_COLORS[scheme], ...Object.fromEntries(resolved), band: 'transparent' };
}

function apply(next: Choice): void {
  document.documentElement.style.colorScheme = next === 'auto' ? 'light dark' : next;
  theme.value = colorsIn(next === 'auto' ? system() : next);
}

/** Follows the system and the printer. */
export function followScheme(): void {
  dark.addEventListener('change', () => apply(choice));
  forced.addEventListener('change', () => apply(choice));
  window.addEventListener('beforeprint', () => apply('light'));
  window.addEventListener('afterprint', () => apply(choice));
}

/** Switches between light and dark. */
export function toggleScheme(): void {
  choice = theme.value.scheme === 'dark' ? 'light' : 'dark';
  apply(choice);
}
