import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as onnx from '@archon-dse/backend-onnx';
import type * as tfjs from '@archon-dse/backend-tfjs';

/** The optional packages of ours and what they export. Types only: nothing of them is installed unless the user did. */
interface Parts {
  readonly '@archon-dse/backend-onnx': typeof onnx;
  readonly '@archon-dse/backend-tfjs': typeof tfjs;
}

export type Part = keyof Parts;

const VERSION = versionIn(new URL('../../package.json', import.meta.url));

/** Why a part cannot be used, and how to get it. */
export interface PartProblem {
  readonly problem: string;
  readonly advice: string;
}

/** Looks without loading anything. Nothing when the part is there and of our version: all packages are made and tested together. */
export function partProblem(part: Part): PartProblem | undefined {
  const found = find((require) => versionIn(require.resolve(`${part}/package.json`)));
  const advice = `npm install ${part}@${VERSION}`;
  if (found === undefined) return { problem: `${part} is not installed`, advice };
  if (found === VERSION) return undefined;
  return { problem: `${part} is of version ${found}, all else of ${VERSION}`, advice };
}

/** @throws Error saying that it is not installed or of another version */
export async function importPart<P extends Part>(part: P): Promise<Parts[P]> {
  const { problem } = partProblem(part) ?? {};
  if (problem !== undefined) throw new Error(problem);
  const path = find((require) => require.resolve(part)) ?? part;
  return (await import(pathToFileURL(path).href)) as Parts[P];
}

/** Beside this package, else for the working folder: `archon` may be installed elsewhere, as with `npm install --global`. */
function find<T>(look: (require: NodeJS.Require) => T): T | undefined {
  for (const from of [() => import.meta.url, () => join(process.cwd(), 'any.js')]) {
    try {
      return look(createRequire(from()));
    } catch {
      continue; // not there, or the working folder is gone
    }
  }
  return undefined;
}

function versionIn(manifest: string | URL): string {
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { readonly version: string }).version;
}
