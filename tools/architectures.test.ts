import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { DOCUMENT, grammarDocument, SHIPPED, shippedModules } from './architectures.mjs';

it('the modules of the shipped architectures are up to date: node tools/architectures.mjs', async () => {
  const found = readdirSync(SHIPPED).map((name) => [name, readFileSync(join(SHIPPED, name), 'utf8')]);
  expect(Object.fromEntries(found)).toEqual(await shippedModules());
});

it('the table of the grammar is up to date: node tools/architectures.mjs', async () => {
  const text = readFileSync(DOCUMENT, 'utf8');
  expect(text).toBe(await grammarDocument(text));
});
