import { reasonHead, reasonOrigin, reportWords, type ReportModel } from '@archon-dse/report';

/** Reasons and lines of one reason that a terminal shows; the report has all. */
const MOST_REASONS = 8;
const MOST_LINES = 4;

/** Why points are off the front, equal reasons once: how many, one of them, and what happened to it. Nothing when all could be compared. */
export function reasonLines({ reasons, points }: Pick<ReportModel, 'reasons' | 'points'>): readonly string[] {
  const words = reportWords(points);
  const shown = reasons.slice(0, MOST_REASONS).flatMap((reason) => {
    const origin = reasonOrigin(reason);
    const text = [
      ...shorten(reason.reason.split('\n')),
      reason.expected === undefined ? '' : `expected ${reason.expected}`,
      reason.hint ?? '',
      origin === '' ? '' : `in ${origin}`,
    ];
    const code = reason.code === undefined ? '' : `  ${reason.code}`;
    return [`${reasonHead(reason, words)}${code}`, ...text.filter(Boolean).map((line) => `  ${line}`)];
  });
  const more = reasons.length - MOST_REASONS;
  return [
    ...(shown.length > 0 ? [''] : []),
    ...shown,
    ...(more > 0 ? [`and ${String(more)} more ${more === 1 ? 'reason' : 'reasons'}, in summary.json`] : []),
  ];
}

function shorten(lines: readonly string[]): readonly string[] {
  if (lines.length <= MOST_LINES) return lines;
  return [
    ...lines.slice(0, MOST_LINES - 1),
    `... ${String(lines.length - MOST_LINES + 1)} more lines, in summary.json`,
  ];
}
