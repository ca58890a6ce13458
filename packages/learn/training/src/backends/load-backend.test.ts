import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { importPart, partProblem, type Part } from './parts.js';
import { loadBackend, requireBackend } from './load-backend.js';

const missing = {
  id: 'gone',
  name: '@me/gone',
  isAutomatic: true,
  load: async () => {
    throw new Error('Cannot find package\nat ...');
  },
};

it('loads the first automatic backend that works, and any by its name', async () => {
  const working = { ...missing, id: 'ok', load: async () => loadBackend('reference') };
  expect((await loadBackend('auto', {}, [missing, working])).id).toBe('ok');
  expect((await loadBackend('auto')).id).toBe('onnx');
  expect(await loadBackend('tfjs-cpu')).toMatchObject({
    id: 'tfjs-cpu',
    description: expect.stringContaining('JavaScript'),
  });
});

it('says why none could be loaded and what to install', async () => {
  await expect(loadBackend('auto', {}, [missing])).rejects.toMatchObject({
    diagnostics: [
      {
        code: 'ARCHON_BACKEND_NOT_FOUND',
        message: 'no training backend "auto" can be used; @me/gone: Cannot find package',
        hint: 'npm install @me/gone',
      },
    ],
  });
  await expect(loadBackend('cuda', {}, [missing])).rejects.toMatchObject({
    diagnostics: [{ message: 'no training backend "cuda" can be used', expected: 'one of: auto, gone' }],
  });
});

describe('a part that is not installed', () => {
  const { version } = createRequire(import.meta.url)('../../package.json') as { version: string };
  const part = '@archon-dse/backend-none' as Part;
  const entry = { ...missing, id: 'none', part };
  const folder = mkdtempSync(join(tmpdir(), 'archon-parts-'));
  const install = (found: string): void => {
    const at = join(folder, 'node_modules', part);
    mkdirSync(at, { recursive: true });
    const exports = { '.': './index.js', './package.json': './package.json' };
    writeFileSync(join(at, 'package.json'), JSON.stringify({ name: part, version: found, type: 'module', exports }));
    writeFileSync(join(at, 'index.js'), 'export const answer = 42;');
  };
  const cwd = vi.spyOn(process, 'cwd').mockReturnValue(folder);
  afterEach(() => {
    rmSync(join(folder, 'node_modules'), { recursive: true, force: true });
  });

  it('is told at once, with what to install', async () => {
    const advice = `npm install ${part}@${version}`;
    const message = `no training backend "none" can be used; ${part} is not installed`;
    const error = { diagnostics: [{ code: 'ARCHON_BACKEND_NOT_FOUND', message, hint: advice }] };
    await expect(loadBackend('none', {}, [entry])).rejects.toMatchObject(error);
    expect(() => requireBackend('none', [entry])).toThrow(message);
    expect(() => requireBackend('auto', [entry, { ...missing, isAutomatic: false }])).toThrow(
      `${part} is not installed`,
    );
    expect(() => requireBackend('auto', [entry, missing])).not.toThrow(); // what is always there is seen when it is loaded
    expect(() => requireBackend('cuda', [entry])).toThrow('no training backend "cuda" can be used');
  });

  it('may be installed for the working folder, of the same version', async () => {
    install('99.0.0');
    expect(partProblem(part)?.problem).toBe(`${part} is of version 99.0.0, all else of ${version}`);
    await expect(importPart(part)).rejects.toThrow('of version 99.0.0');
    install(version);
    expect(partProblem(part)).toBeUndefined();
    expect(await importPart(part)).toMatchObject({ answer: 42 });
    expect(cwd).toHaveBeenCalled();
  });
});
