import { describe, expect, it } from 'vitest';
import { loadFixtures } from '../test-fixtures.js';
import { asTask, behindBorder, blameRunning, enterPlugin, inTask } from './plugin-tasks.js';

const call = { culprit: { plugin: 'p', contribution: 'p/net' }, doing: 'building the network' };

describe('enterPlugin', () => {
  it('refuses to outside a task', async () => {
    const message = 'p/net of plugin "p" is building the network outside a task';
    expect(() => enterPlugin(call, () => 1)).toThrow(message);
    await expect(asTask(() => undefined).then(() => enterPlugin(call, () => 1))).rejects.toThrow(message);
    expect(await asTask(() => enterPlugin(call, () => 1))).toBe(1);
    expect(await asTask(() => inTask(() => enterPlugin(call, () => 1)))).toBe(1);
  });
});

describe('behindBorder', () => {
  const twice = behindBorder((n: number) => 2 * n);

  it('lets a function run inside a call of a plugin and nowhere else', async () => {
    const past = 'plugin code is called past the border';
    expect(() => twice(2)).toThrow(past);
    await expect(asTask(() => twice(2))).rejects.toThrow(past);
    expect(await asTask(() => enterPlugin(call, () => twice(2)))).toBe(4);
  });

  it('is where every function of a loaded plugin is', async () => {
    const { registry } = await loadFixtures('tiny');
    const { contribution } = registry.resolve('network', 'tiny');
    expect(() => contribution.build({})).toThrow('past the border');
    expect((await asTask(() => enterPlugin(call, () => contribution.build({})))).id).toBe('fixture/tiny');
  });
});

describe('blameRunning', () => {
  it('fails the task whose plugin is running, and nothing outside a call', async () => {
    const fault = new Error('fault') as never;
    expect(blameRunning(() => fault)).toBeUndefined();
    expect(await asTask(() => blameRunning(() => fault))).toBeUndefined();
    await expect(asTask(() => enterPlugin(call, () => void blameRunning(() => fault)))).rejects.toBe(fault);
  });
});
