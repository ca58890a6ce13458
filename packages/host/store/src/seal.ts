import { sha256 as digest } from '@archon-dse/core/files';

/** A JSON object as the text of a file, with a digest of its own as last member, so that a file that was changed is found. */
export function sealed(value: object): string {
  return `${JSON.stringify({ ...value, sha256: digestOf(value) }, null, 2)}\n`;
}

/**
 * What {@link sealed} made a text of.
 *
 * @throws Error when it is another text
 */
export function unseal(text: string): object {
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null) throw new TypeError('it is no JSON object');
  const { sha256, ...rest } = value as Record<string, unknown>;
  if (sha256 !== digestOf(rest)) throw new TypeError('it is not as it was written');
  return rest;
}

function digestOf(value: object): string {
  return digest(JSON.stringify(value));
}
