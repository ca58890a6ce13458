/** A list written as runs: `16 24x2` is 16, 24, 24. */
export function readRuns(text: string): readonly number[] {
  return text.split(' ').flatMap((run) => {
    const [value, times = '1'] = run.split('x');
    return Array.from({ length: Number(times) }, () => Number(value));
  });
}

/** Non-empty lines of a text table. */
export function readLines(text: string): readonly string[] {
  return text.split('\n').filter((line) => line !== '');
}

/** Rows of a comma-separated table by column name, cells as printed. */
export function readTable(text: string): readonly Readonly<Record<string, string>>[] {
  const [head = '', ...lines] = readLines(text);
  const columns = head.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    return Object.fromEntries(columns.map((column, at) => [column, cells[at] ?? '']));
  });
}
