import { fail, printable, type Diagnostic } from '@archon-dse/core';

/** Throws ARCHON_ONNX_INVALID: the bytes are no sound ONNX file. */
export function brokenFile(problem: string, expected = 'an ONNX file that is whole'): never {
  return fail({ code: 'ARCHON_ONNX_INVALID', message: `the ONNX file cannot be read: ${problem}`, expected });
}

/** What a node is refused for; thrown while it is read, and collected with those of other nodes. */
export class Unsupported extends Error {
  readonly expected: string;

  constructor(reason: string, expected: string) {
    super(reason);
    this.expected = expected;
  }
}

/** Refuses the node that is being read. */
export function unsupported(reason: string, expected = 'a network without it'): never {
  throw new Unsupported(reason, expected);
}

/** A refusal with the name and the operator of its node. */
export function refusalOf({ name, op }: { readonly name: string; readonly op: string }, why: Unsupported): Diagnostic {
  return {
    code: 'ARCHON_ONNX_UNSUPPORTED',
    message: `node "${printable(name)}" (${printable(op)}): ${why.message}`,
    expected: why.expected,
    layer: name,
  };
}
