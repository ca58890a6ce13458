import { displayUnits, percentText, valueAtPath, type Options } from '@archon-dse/core';

/** Numbers as people read them: `297,521,664`, `3.64e+9` only beyond 15 digits. */
export function formatNumber(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return value.toLocaleString('en-US');
  if (Math.abs(value) >= 1e15 || (value !== 0 && Math.abs(value) < 1e-3)) return value.toExponential(3);
  return value.toLocaleString('en-US', { maximumFractionDigits: 3 });
}

/** A share, 0..1, in percent: `91.25%`. */
export function formatShare(share: number, digits = 2): string {
  return percentText(share, digits, '');
}

/** What tables and texts for people are made to fit, in columns. */
export const PAGE_COLUMNS = 100;

/** Words in lines of at most so many columns; a word that is longer stands alone. */
export function wrapText(text: string, columns = PAGE_COLUMNS): string {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= columns) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.join('\n');
}

/** Each option as `--set` takes it: `width=0.5`, `variant=modified`; a document by its name. */
export function optionTexts(options: Options): readonly string[] {
  return Object.entries(options).map(([name, value]) => {
    const shown = valueAtPath(options, `${name}.name`) ?? value;
    return `${name}=${typeof shown === 'string' ? shown : JSON.stringify(value)}`;
  });
}

/** Ids of the built-in plugins go without their namespace. */
export function shortId(id: string): string {
  return id.replace(/^archon\//, '');
}

/** pJ with the unit that keeps three to six digits, in letters that every terminal has. */
export function formatEnergy(energyPj: number): string {
  const units = displayUnits('energyPj');
  const { factor, text } = units.filter((unit) => energyPj >= unit.factor).at(-1) ?? units[0];
  return `${formatNumber(energyPj / factor)} ${text.replace('µ', 'u')}`;
}

/** um2 as mm2. */
export function formatArea(areaUm2: number): string {
  return `${formatNumber(areaUm2 / 1e6)} mm2`;
}

const METRIC_FORMATS: Readonly<Record<string, (value: number) => string>> = {
  energyPj: formatEnergy,
  areaUm2: formatArea,
};

/** A value of a metric: energy and area with a unit that suits them, all others as plain numbers. */
export function formatMetric(metric: string, value: number): string {
  return (METRIC_FORMATS[metric] ?? formatNumber)(value);
}

/** Bytes as `9.4 MB`. */
export function formatBytes(bytes: number): string {
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** A duration such as `1m 04s` or `0.8s`. */
export function formatDuration(ms: number): string {
  if (ms < 10_000) return `${(ms / 1000).toFixed(1)}s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${String(seconds)}s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${String(minutes)}m ${pad(seconds % 60)}s`
    : `${String(Math.floor(minutes / 60))}h ${pad(minutes % 60)}m`;
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
