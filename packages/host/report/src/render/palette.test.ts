import { describe, expect, it } from 'vitest';
import { GROUP_COLORS, markOf, rampColor } from './palette.js';

/** Relative luminance as WCAG 2 defines it. */
function luminance(color: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const share = parseInt(color.slice(at, at + 2), 16) / 255;
    return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

describe('palette', () => {
  it('has ten different colours that stand out from both pages', () => {
    expect(new Set(GROUP_COLORS).size).toBe(10);
    for (const color of GROUP_COLORS) {
      for (const page of ['#ffffff', '#171b24']) expect([color, contrast(color, page) >= 3]).toEqual([color, true]);
    }
  });

  it('has marks that differ without colour', () => {
    const marks = GROUP_COLORS.map((_, i) => JSON.stringify(markOf(i)));
    expect(new Set(marks).size).toBe(10);
  });

  it('has a scale that gets lighter all the way', () => {
    for (const scheme of ['light', 'dark'] as const) {
      const light = Array.from({ length: 21 }, (_, i) => luminance(rampColor(i / 20, scheme)));
      expect(light).toEqual([...light].sort((a, b) => a - b));
      expect(rampColor(NaN, scheme)).toMatch(/^#/);
    }
    expect(rampColor(0, 'light')).toBe('#440154');
    expect(rampColor(1, 'light')).toBe('#6ece58');
  });
});
