import { describe, expect, it } from 'vitest';
import { part, refusal } from './test-fixtures.js';

describe('errors', () => {
  it('name an unknown class and the known ones', () => {
    const [diagnostic] = refusal(part('dram', { widthBits: 64 }), part('smartbuffer_SRAMM', {}, 'glb'));
    expect(diagnostic).toMatchObject({
      code: 'ARCHON_PRICE_UNKNOWN_COMPONENT',
      message: 'component "glb": no component class is called "smartbuffer_SRAMM"',
      path: 'components[1].class',
      hint: 'Did you mean "smartbuffer_SRAM"?',
    });
    expect(diagnostic?.expected).toContain('smartbuffer_RF, intmac, intadder');
    expect(refusal(part('constructor', {}))[0]?.code).toBe('ARCHON_PRICE_UNKNOWN_COMPONENT');
  });

  it.each([
    [
      'sram',
      { depthWord: 64, widthBits: 16 },
      'depthWord',
      'sram has no attribute "depthWord"',
      'one of: depthWords, ',
    ],
    [
      'sram',
      { depthWords: '64', widthBits: 16 },
      'depthWords',
      'sram cannot have depthWords: "64"',
      'a whole number, at least 1 (words)',
    ],
    [
      'sram',
      { depthWords: 64.5, widthBits: 16 },
      'depthWords',
      'sram cannot have depthWords: 64.5',
      'a whole number, at least 1 (words)',
    ],
    [
      'sram',
      { depthWords: 0, widthBits: 16 },
      'depthWords',
      'sram cannot have depthWords: 0',
      'a whole number, at least 1 (words)',
    ],
    ['sram', { depthWords: 64, widthBits: 12 }, 'widthBits', 'sram cannot have widthBits: 12', 'a multiple of 8 (bit)'],
    ['sram', { depthWords: 64 }, 'widthBits', 'sram cannot have widthBits: nothing', 'a whole number, at least 8'],
    [
      'sram',
      { depthWords: 64, widthBits: 16, technology: '16nm' },
      'technology',
      '"16nm"',
      'one of: "90nm", "65nm", "45nm"',
    ],
    [
      'sram',
      { depthWords: 64, widthBits: 16, banks: null },
      'banks',
      'sram cannot have banks: null',
      'a whole number, at least 1',
    ],
    [
      'intmac',
      { dataBits: 16, latencyNs: 0 },
      'latencyNs',
      'intmac cannot have latencyNs: 0',
      'a number, greater than 0 (ns)',
    ],
    [
      'intmac',
      { dataBits: 16, latencyNs: '5ns' },
      'latencyNs',
      'intmac cannot have latencyNs: "5ns"',
      'a number, greater than 0 (ns)',
    ],
    [
      'dram',
      { type: 'DDR5', widthBits: 64 },
      'type',
      'dram cannot have type: "DDR5"',
      'one of: "LPDDR4", "LPDDR", "DDR3"',
    ],
  ] as const)('locate a bad attribute of %s %j', (className, attributes, attribute, message, expected) => {
    const diagnostic = refusal(part(className, attributes)).find(({ path }) => path?.endsWith(`.${attribute}`));
    expect(diagnostic?.code).toBe('ARCHON_PRICE_BAD_COMPONENT');
    expect(diagnostic?.path).toBe(`components[0].attributes.${attribute}`);
    expect(diagnostic?.message).toContain('component "part": ');
    expect(diagnostic?.message).toContain(message);
    expect(diagnostic?.expected).toContain(expected);
  });

  it('come all together, with a hint for a misspelt attribute', () => {
    const diagnostics = refusal(
      part('sram', { depthWord: 64, widthBits: 16 }, 'a'),
      part('intadder', {}, 'b'),
      part('intadder', { dataBits: 16 }, 'a'),
    );
    expect(diagnostics.map(({ path }) => path)).toEqual([
      'components[0].attributes.depthWord',
      'components[0].attributes.depthWords',
      'components[1].attributes.dataBits',
      'components[2].name',
    ]);
    expect(diagnostics[0]?.hint).toBe('Did you mean "depthWords"?');
  });

  it.each([
    [{ depthWords: 16, widthBits: 16 }, '16 words x 16 bit, 1 bank, 2 ports', 'at least 64 bytes in all'],
    [{ depthWords: 960, widthBits: 64, banks: 27 }, '27 banks (built as 32)', 'more than 960 words in 32 banks'],
    [{ depthWords: 70000, widthBits: 64 }, '70000 words', 'depthWords of at most 65536, where the table ends'],
    [{ depthWords: 700, widthBits: 512 }, '512 bit', 'widthBits of at most 256, where the table ends'],
    [{ depthWords: 70000, widthBits: 64, technology: '28nm' }, '70000 words', 'depthWords of at most 65536'],
  ])('name the limit an SRAM breaks: %j', (attributes, size, expected) => {
    const [diagnostic] = refusal(part('smartbuffer_SRAM', attributes, 'shared_glb'));
    expect(diagnostic?.code).toBe('ARCHON_PRICE_INFEASIBLE');
    expect(diagnostic?.message).toContain('component "shared_glb"');
    expect(diagnostic?.message).toContain(size);
    expect(diagnostic?.expected).toContain(expected);
  });
});
