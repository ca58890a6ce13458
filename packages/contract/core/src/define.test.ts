import { describe, expect, it } from 'vitest';
import { defineAccelerator } from './define-accelerator.js';
import { defineNetwork } from './define-network.js';
import { defineStage } from './define-stage.js';

const texts = { name: 'toy', title: 'Toy', description: 'A toy.', source: 'none' };

const unused = () => {
  throw new Error('nothing runs');
};

describe('a definition', () => {
  it('hands parsed options to the one function that takes them', () => {
    const network = defineNetwork({
      ...texts,
      options: { size: { type: 'integer', default: 8, minimum: 1, description: 'Size.' } },
      build: ({ size }) => ({ id: 'me/toy', input: [size, size, 3], classes: 2, layers: [] }),
    });
    expect(network.build({}).input).toEqual([8, 8, 3]);
    expect(network.build({ size: 4 }).input).toEqual([4, 4, 3]);
    expect(() => network.build({ size: 0 })).toThrow('toy cannot have size: 0');
    expect(network.meta).toEqual({ ...texts, options: { size: expect.objectContaining({ default: 8 }) } });
  });

  it('parses once for all functions of an accelerator', () => {
    let checked = 0;
    const { create } = defineAccelerator({
      ...texts,
      options: { lanes: { type: 'integer', default: 1, description: 'Lanes.' } },
      rules: [
        {
          option: 'lanes',
          holds: ({ lanes }) => {
            checked += 1;
            return lanes < 9;
          },
          refusal: ({ lanes }) => ({ message: `${lanes} lanes`, expected: 'at most 8' }),
        },
      ],
      create: ({ lanes }) => ({
        components: () => [{ name: 'mac', class: 'intmac', attributes: {}, instances: lanes }],
        supports: () => ({ ok: true }),
        run: () => ({ cycles: lanes, layers: [] }),
      }),
    });
    const accelerator = create({ lanes: 2 });
    expect(accelerator.components()[0]?.instances).toBe(2);
    expect(accelerator.run()).toEqual({ cycles: 2, layers: [] });
    expect(checked).toBe(1);
    expect(() => create({ lanes: 9 })).toThrow('9 lanes');
  });

  it('hands out defaults that nobody can change', () => {
    const { build } = defineNetwork({
      ...texts,
      options: { blocks: { type: 'array', default: ['b0'], items: { type: 'string' }, description: 'Blocks.' } },
      build({ blocks }) {
        (blocks as string[]).push('b1');
        throw new Error('changed');
      },
    });
    expect(() => build({})).toThrow(TypeError);
  });

  it('keeps the metrics of a stage or an accelerator among what it says about itself', () => {
    const metrics = { loss: { description: 'Loss.', direction: 'minimize' } } as const;
    const stage = defineStage({ ...texts, options: {}, metrics, apply: (state) => state });
    expect(stage.meta).toEqual({ ...texts, options: {}, metrics });
    const create = () => ({ components: () => [], supports: () => ({ ok: true }) as const, run: () => unused() });
    expect(defineAccelerator({ ...texts, options: {}, metrics, create }).meta).toEqual(stage.meta);
  });

  it('without its function is refused at once', () => {
    const forgetful = { ...texts, options: {} };
    expect(() => defineNetwork(forgetful as never)).toThrow('the definition of "toy" has no function build');
    expect(() => defineStage(forgetful as never)).toThrow('has no function apply');
    expect(() => defineAccelerator(forgetful as never)).toThrow('has no function create');
  });
});
