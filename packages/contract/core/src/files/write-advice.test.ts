import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { removeAdvice, writeAdvice } from './write-advice.js';

it('replaces and deletes a file, leaves nothing beside it, and goes on where it cannot', () => {
  const folder = mkdtempSync(join(tmpdir(), 'archon-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'a.json');
  writeAdvice(file, 'one');
  writeAdvice(file, 'two');
  expect([readFileSync(file, 'utf8'), readdirSync(folder)]).toEqual(['two', ['a.json']]);
  removeAdvice(file);
  removeAdvice(file);
  expect(readdirSync(folder)).toEqual([]);
  mkdirSync(file);
  writeAdvice(file, 'three');
  removeAdvice(file);
  writeAdvice(join(folder, 'nowhere/b.json'), 'four');
  expect(readdirSync(folder)).toEqual(['a.json']);
});
