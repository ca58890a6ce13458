import type { Diagnostic } from '@archon-dse/core';

const NEWER = 'Node 22.18 or newer runs TypeScript as it is';

/** What to do when Node refuses a module of TypeScript, by the code of its error. */
const ADVICE: Readonly<Record<string, Pick<Diagnostic, 'expected' | 'hint'>>> = {
  ERR_UNKNOWN_FILE_EXTENSION: {
    expected: `JavaScript, or a Node that runs TypeScript; this is ${process.version}`,
    hint: `Build the plugin and name the built file as its entry. ${NEWER}; on older ones NODE_OPTIONS="--import tsx" does, where tsx is installed, in the main thread: archon sweep --executor serial.`,
  },
  ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING: {
    expected: 'JavaScript: Node runs no TypeScript of installed packages',
    hint: 'Publish the plugin built, or name its folder, which may be TypeScript.',
  },
  ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX: {
    expected: 'TypeScript that is JavaScript once its types are taken away',
    hint: 'Enums, namespaces and parameter properties need a build; the option erasableSyntaxOnly of the compiler finds them.',
  },
};

/** What is expected and what to do, for an error of importing TypeScript; nothing for others. */
export function typescriptAdvice(code: unknown): Pick<Diagnostic, 'expected' | 'hint'> {
  return typeof code === 'string' ? (ADVICE[code] ?? {}) : {};
}
