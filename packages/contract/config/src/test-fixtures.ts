import { diagnosticsOf } from '../../../../test/diagnostics.js';
import { toyRegistry } from '../../../../test/toy-registry.js';
import { parseSweep } from './sweep.js';

/** A sweep that says no more than it has to. */
export const MINIMAL = `apiVersion: archon/v1
name: small
networks: [{ use: mobilenet-v2 }]
accelerators: [{ use: dense }]
objectives: [cycles]
`;

/** Names that every object has, whatever anybody wrote. */
export const INHERITED = Object.getOwnPropertyNames(Object.prototype);

/** Each problem as its code and the text the caret stands under. */
export function problemsOf(text: string, registry = toyRegistry()): readonly string[] {
  return diagnosticsOf(() => parseSweep(text, 'sweep.yaml', registry)).map(({ code, location }) => {
    const { line = 0, column = 0, length = 0 } = location ?? {};
    return `${code} ${(text.split('\n')[line - 1] ?? '').slice(column - 1, column - 1 + length)}`;
  });
}
