import { expect, it } from 'vitest';
import { loadBackend } from './load-backend.js';

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
