import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { temporaryFolder } from './workspace.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** The file that lists the tarballs of a test run once they are made, beside them; see packed.ts. */
    tarballList: string;
  }
}

/** A folder for the tarballs of a test run; the first test that needs some packs them. */
export default function setup(project: TestProject): () => void {
  const { path, remove } = temporaryFolder();
  const list = join(path, 'tarballs.json');
  project.provide('tarballList', list);
  project.onTestsRerun(() => {
    rmSync(list, { force: true });
  });
  return remove;
}
