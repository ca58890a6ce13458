import { mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ServedSweep } from './served-sweep.js';
import { addRecords, noteFake, tempDir } from './test-fixtures.js';

it('says in our words that its folder is gone while it is served', async () => {
  const parent = tempDir();
  const folder = join(parent, 'first');
  mkdirSync(folder);
  addRecords(folder, await noteFake(folder));
  const sweep = new ServedSweep({ id: 'first', path: folder, folder: 'first' });
  sweep.look();
  expect(sweep.status).toMatchObject({ records: 8 });
  renameSync(folder, join(parent, 'elsewhere'));
  sweep.look();
  expect(sweep.status.problem?.message).toMatch(/first.*sweep\.json.*is not there \(ENOENT\)$/);
  expect(sweep.status.problem?.message).not.toContain('no such file or directory');
  sweep.close();
});
