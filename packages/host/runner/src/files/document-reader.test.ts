import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { diagnosticsOf } from '../../../../../test/diagnostics.js';
import { tempDir } from '../test-fixtures.js';
import { documentReader } from './document-reader.js';

it('reads documents from a folder or by their whole path, and nothing where there is none', () => {
  const folder = tempDir();
  const file = join(folder, 'array.yaml');
  writeFileSync(file, 'levels: []\n');
  const read = documentReader(folder);
  expect(read('array.yaml')).toEqual({ file, text: 'levels: []\n' });
  expect(read(file)).toEqual(read('./array.yaml'));
  expect(read('eyeriss')).toBeUndefined();
});

it('refuses what is no file of text', () => {
  const folder = tempDir();
  writeFileSync(join(folder, 'binary'), new Uint8Array([0xff, 0xfe, 0x80]));
  writeFileSync(join(folder, 'long'), ' '.repeat(2 ** 20 + 1));
  const codesOf = (path: string) => diagnosticsOf(() => documentReader(folder)(path)).map(({ code }) => code);
  expect(codesOf('.')).toEqual(['ARCHON_FILE_REFUSED']);
  expect(codesOf('/dev/zero')).toEqual(['ARCHON_FILE_REFUSED']);
  expect(codesOf('binary')).toEqual(['ARCHON_YAML_SYNTAX']);
  expect(codesOf('long')).toEqual(['ARCHON_YAML_SYNTAX']);
});
