import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { diagnosticsOf } from '../../../../test/diagnostics.js';
import { toyRegistry } from '../../../../test/toy-registry.js';
import { parseExperiment } from './experiment.js';
import { readPluginList } from './head.js';
import { experimentSchema } from './schema.js';

const registry = toyRegistry();
const validate = new Ajv({ allErrors: true }).compile(experimentSchema(registry));
const parse = (text: string) => parseExperiment(text, 'a.yaml', registry);

const TEXT = `apiVersion: archon/v1
kind: experiment
name: small
network: { use: mobilenet-v2, options: { width: 0.5 } }
stages:
  - use: prune
    options: { sparsity: 0.8 }
published: { accuracy: 0.9, source: a paper }
`;

/** First lines of all problems of a text: place, code and message. */
function problemsOf(text: string): readonly string[] {
  return diagnosticsOf(() => parse(text)).map(({ location, code, message, hint }) =>
    [`${String(location?.line)}:${String(location?.column)} ${code} ${message}`, hint ?? ''].join(' ').trim(),
  );
}

describe('parseExperiment', () => {
  it('resolves ids and fills in defaults', () => {
    expect(parse(TEXT)).toEqual({
      apiVersion: 'archon/v1',
      kind: 'experiment',
      name: 'small',
      plugins: [],
      seed: 1,
      network: { use: 'archon/mobilenet-v2', options: { dataset: 'cifar10', variant: 'baseline', width: 0.5 } },
      stages: [{ use: 'archon/prune', options: { sparsity: 0.8, skipLayers: [] } }],
      published: { accuracy: 0.9, source: 'a paper' },
    });
  });

  it('keeps all of a reference', () => {
    const published = { accuracy: 1, loss: 0.25, images: 9984, source: 'x' };
    expect(parse(TEXT.replace(/^published.*$/m, `published: ${JSON.stringify(published)}`)).published).toEqual(
      published,
    );
  });

  it('names plugins before there is a registry', () => {
    expect(readPluginList('plugins: [a]\nkind: 3', 'a.yaml', 'experiment')).toEqual(['a']);
  });

  it.each([
    [
      /^kind.*$/m,
      'kind: experimen',
      '2:7 ARCHON_SWEEP_BAD_VALUE kind is the text "experimen" Did you mean "experiment"?',
    ],
    [/^kind.*\n/m, '', '1:1 ARCHON_SWEEP_MISSING_KEY the experiment lacks the key "kind"'],
    [/^published/m, 'publishd', '8:1 ARCHON_SWEEP_UNKNOWN_KEY the experiment has no key "publishd" Did you mean'],
    [/width/, 'widht', '4:42 ARCHON_UNKNOWN_OPTION mobilenet-v2 has no option "widht" Did you mean "width"?'],
    [/0\.5/, '5', '4:49 ARCHON_BAD_OPTION mobilenet-v2 cannot have width: 5'],
    [/use: prune/, 'use: prun', '6:10 ARCHON_UNKNOWN_ID'],
    [
      /\{ use: mobilenet-v2.*$/m,
      'mobilenet-v2',
      '4:10 ARCHON_SWEEP_WRONG_TYPE network is the text "mobilenet-v2" Write {',
    ],
    [/options: \{ sparsity/, 'axes: { sparsity', '7:5 ARCHON_SWEEP_UNKNOWN_KEY stages[0] has no key "axes"'],
    [/^stages:[^]*(?=published)/m, 'stages: []\n', '5:1 ARCHON_SWEEP_EMPTY stages is an empty list'],
    [/accuracy: 0\.9/, 'accuracy: 94.2', '8:24 ARCHON_SWEEP_BAD_VALUE published.accuracy is the number 94.2'],
    [/, source: a paper/, '', '8:1 ARCHON_SWEEP_MISSING_KEY published lacks the key "source"'],
    [/a paper/, '""', '8:37 ARCHON_SWEEP_BAD_VALUE published.source is the text ""'],
    [/a paper/, 'x, images: 0', '8:48 ARCHON_SWEEP_BAD_VALUE published.images is the number 0'],
    [/^[^]*$/, '', '1:1 ARCHON_SWEEP_EMPTY the file holds no experiment'],
  ])('refuses %s -> %j', (pattern, replacement, expected) => {
    const [first, ...rest] = problemsOf(TEXT.replace(pattern, replacement));
    expect(first).toContain(expected);
    expect(rest).toEqual([]);
  });
});

describe('experimentSchema', () => {
  const verdict = (changes: object) => {
    const experiment = { ...parse(TEXT), ...changes };
    const isRead = problemsOf(JSON.stringify(experiment)).length === 0;
    return { schema: validate(experiment), reader: isRead };
  };

  it.each([{}, { description: 'x', seed: 7, plugins: ['a'] }, { network: { use: 'shufflenet' } }])(
    'accepts what the reader accepts: %j',
    (changes) => expect(verdict(changes)).toEqual({ schema: true, reader: true }),
  );

  it.each([
    { kind: 'sweep' },
    { kind: '' },
    { apiVersion: '' },
    { name: '' },
    { network: { use: '' } },
    { name: 'a b' },
    { stages: [] },
    { stages: [{ use: 'dense' }] },
    { network: { use: 'mobilenet-v2', axes: { width: [1] } } },
    { network: { use: 'mobilenet-v2', options: { width: 9 } } },
    { accelerators: [] },
    { published: { accuracy: 2, source: 'x' } },
    { published: { accuracy: 0.5 } },
    { published: { accuracy: 0.5, source: '' } },
    { published: { accuracy: 0.5, source: 'x', images: 1.5 } },
  ])('refuses what the reader refuses: %j', (changes) =>
    expect(verdict(changes)).toEqual({ schema: false, reader: false }),
  );
});
