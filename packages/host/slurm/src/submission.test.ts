import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { noteSubmission, openSubmissions, removeSubmission, writeShards } from './submission.js';
import { tempDir } from './test-fixtures.js';

it('is found by its note, and gone once it is removed', () => {
  const root = tempDir();
  const submission = { id: 'a-1', folder: join(root, 'a-1'), shards: [['p0']], job: '17' };
  writeShards(submission.folder, ['{}']);
  expect(openSubmissions(root)).toEqual([]);
  noteSubmission(submission);
  expect(openSubmissions(root)).toEqual([submission]);
  removeSubmission(submission);
  expect([existsSync(submission.folder), readdirSync(root)]).toEqual([false, []]);
});

it('does not end a sweep that is done where its folder cannot be removed', () => {
  expect(() => removeSubmission({ folder: `${tempDir()}\0` })).not.toThrow();
});
