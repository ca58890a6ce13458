/**
 * Keeps stdout for the results of a command: whatever else is printed there, by plugins and libraries, in worker threads too, goes to
 * stderr. Results stay one JSON document with `--json`.
 *
 * @returns writes to stdout
 */
export function claimStdout(): (text: string) => void {
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = process.stderr.write.bind(process.stderr);
  return (text) => void write(text);
}
