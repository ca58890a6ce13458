import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeNetworkContract } from '@archon-dse/testing';
import { afterAll, describe, expect, it } from 'vitest';
import plugin, { file } from './index.js';

const folder = mkdtempSync(join(tmpdir(), 'net-file-'));
afterAll(() => rmSync(folder, { recursive: true }));

const path = join(folder, 'net.yaml');
const layers = ['{ op: conv, filters: 4 }', '{ op: globalAveragePool, block: tail }', '{ op: dense, units: 3 }'];
writeFileSync(path, `input: [4, 4, 2]\nbatch: 2\nlayers:\n${layers.map((row) => `  - ${row}\n`).join('')}`);

const options = { ...file.meta.options, file: { ...file.meta.options['file']!, default: path } };
const networks = [{ ...file, meta: { ...file.meta, options } }];
describeNetworkContract({ ...plugin, networks }, { describe, expect, it }, [{ batch: 4 }]);

describe('a network of a file', () => {
  const code = (code: string) => ({ diagnostics: [expect.objectContaining({ code })] });

  it('has the batch of the file unless an option says otherwise', async () => {
    expect((await file.build({ file: path })).batch).toBe(2);
    expect((await file.build({ file: path, batch: 5 })).batch).toBe(5);
  });

  it('is refused without a file, with one of another kind, and with one that is not there', async () => {
    await expect(file.build({})).rejects.toMatchObject(code('ARCHON_BAD_OPTION'));
    await expect(file.build({ file: join(folder, 'net.h5') })).rejects.toMatchObject(code('ARCHON_BAD_OPTION'));
    await expect(file.build({ file: join(folder, 'none.onnx') })).rejects.toMatchObject(code('ARCHON_FILE_NOT_FOUND'));
    await expect(file.build({ file: path, dims: { N: 2 } })).rejects.toMatchObject(code('ARCHON_BAD_OPTION'));
  });
});
