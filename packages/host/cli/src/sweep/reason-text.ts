import { printableLine, type Diagnostic } from '@archon-dse/core';
import { localPath } from '@archon-dse/runner';
import { reasonHead, reasonOrigin, reportWords, type ReportModel } from '@archon-dse/report';

/** Reasons and lines of one reason that a terminal shows; the report has them, but of hundreds. */
const MOST_REASONS = 8;
const MOST_LINES = 4;

/** Why points are off the front, equal reasons once: how many, one of them, what happened to it and where. Nothing when all could be compared. */
export function reasonLines(
  { reasons, omittedReasons, points }: Pick<ReportModel, 'reasons' | 'omittedReasons' | 'points'>,
  folders: ReadonlyMap<string, string> = new Map(),
): readonly string[] {
  const words = reportWords(points);
  const errors = new Map(points.map(({ id, error }) => [id, error]));
  const shown = reasons.slice(0, MOST_REASONS).flatMap((reason) => {
    const origin = reasonOrigin(reason);
    const text = [
      ...shorten(reason.reason.split('\n')),
      reason.expected === undefined ? '' : `expected ${reason.expected}`,
      reason.hint ?? '',
      origin === '' ? '' : `in ${origin}`,
      placeText(errors.get(reason.example), folders),
    ];
    const code = reason.code === undefined ? '' : `  ${reason.code}`;
    return [`${printableLine(reasonHead(reason, words))}${code}`, ...text.filter(Boolean).map((line) => `  ${line}`)];
  });
  const omitted = omittedReasons?.reasons ?? 0;
  const more = reasons.length + omitted - MOST_REASONS;
  const where = omitted === 0 ? 'in summary.json' : `${String(more - omitted)} of them in summary.json`;
  return [
    ...(shown.length > 0 ? [''] : []),
    ...shown,
    ...(more > 0 ? [`and ${String(more)} more ${more === 1 ? 'reason' : 'reasons'}, ${where}`] : []),
  ];
}

/** Where a plugin threw: `at my-plugin/src/lanes.ts:12:5`, as an editor opens it; of a plugin that is not loaded, from its folder. */
function placeText(error: Diagnostic | undefined, folders: ReadonlyMap<string, string>): string {
  const { location, plugin = '' } = error ?? {};
  const folder = folders.get(plugin);
  if (location === undefined) return '';
  const file = folder === undefined ? location.file : localPath(folder, location.file);
  return `at ${file}:${String(location.line)}:${String(location.column)}`;
}

function shorten(lines: readonly string[]): readonly string[] {
  if (lines.length <= MOST_LINES) return lines;
  return [
    ...lines.slice(0, MOST_LINES - 1),
    `... ${String(lines.length - MOST_LINES + 1)} more lines, in summary.json`,
  ];
}
