import { fail } from '@archon-dse/core';

/**
 * Refuses Jinja templates, which grammar v0.4 may have: they are programs whose text is not YAML until they are rendered.
 *
 * @throws ArchonError ARCHON_TIMELOOP_UNSUPPORTED at the first template expression outside a comment
 */
export function refuseTemplate(file: string, text: string): void {
  const lines = text.split('\n');
  const index = lines.findIndex((line) => /^[^#]*\{[{%]/.test(line));
  const line = lines[index];
  if (line === undefined) return;
  const column = line.search(/\{[{%]/) + 1;
  fail({
    code: 'ARCHON_TIMELOOP_UNSUPPORTED',
    message: 'a Jinja template stands here, which is no YAML until it is rendered',
    hint: 'Give the file that timeloopfe writes, parsed-processed-input.yaml, or put the included text in its place.',
    location: { file, line: index + 1, column, length: 2 },
    frame: `> ${index + 1} | ${line.slice(0, 100)}`,
  });
}
