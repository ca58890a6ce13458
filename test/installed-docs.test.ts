import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ERROR_CODES } from '@archon-dse/core';
import { archonHere } from './in-process.js';
import { root } from './workspace.js';

const installed = join(root, 'packages/host/cli/docs');
const { topics } = JSON.parse((await archonHere(['docs', '--json'])).stdout) as {
  topics: readonly { topic: string; title: string }[];
};

describe('archon docs', () => {
  it('lists every document that users read', async () => {
    const names = topics.map(({ topic }) => topic);
    const documents = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md'));
    expect(names).toEqual(expect.arrayContaining([...documents.map((name) => name.replace('.md', '')), 'glossary']));
    expect(names.filter((name) => /adr|examples/.test(name))).toEqual([]);
    expect((await archonHere(['docs'])).stdout).toMatch(/^cli +Command line$/m);
  });

  it.each(topics.map(({ topic }) => topic))('%s: as text that fits, whose references lead somewhere', async (topic) => {
    const { status, stdout } = await archonHere(['docs', topic]);
    expect(status).toBe(0);
    // Code is shown as it is, and a word may be longer than a line.
    const wide = stdout
      .split('\n')
      .filter((line) => line.length > 100 && !line.startsWith('    ') && / \S+ /.test(line));
    expect(wide.filter((line) => !/\S{60}/.test(line))).toEqual([]);
    const named = [...stdout.matchAll(/\(archon docs ([\w/-]+)\)/g)].map((match) => match[1]);
    expect(topics.map((each) => each.topic)).toEqual(expect.arrayContaining(named));
    const html = readFileSync(join(installed, `${topic}.html`), 'utf8');
    expect(html).toContain('<!doctype html>');
  });

  it('prints the document itself, or its Markdown and its page for programs', async () => {
    const { stdout } = await archonHere(['docs', 'glossary', '--json']);
    const markdown = readFileSync(join(root, 'GLOSSARY.md'), 'utf8');
    expect(JSON.parse(stdout)).toEqual({
      ...{ topic: 'glossary', title: 'Glossary', path: join(installed, 'glossary.html'), markdown },
    });
  });

  it.each(ERROR_CODES)('explains %s', async (code) => {
    const { status, stdout } = await archonHere(['docs', code]);
    expect(status).toBe(0);
    expect(stdout.split('\n').slice(0, 2)).toEqual([code, '-'.repeat(code.length)]);
    expect(stdout.match(/^ARCHON_\w+\n-+$/gm)).toHaveLength(1);
  });

  it.each([
    [['docs', 'eror'], 'there is no document "eror"'],
    [['docs', 'ARCHON_GONE'], 'there is no error ARCHON_GONE'],
    [['docs', '../package'], 'there is no document "../package"'],
  ])('%j is refused', async (args, message) => {
    expect(await archonHere(args)).toMatchObject({ status: 2, stderr: expect.stringContaining(message) });
  });
});
