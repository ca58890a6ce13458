import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { archonHere } from './in-process.js';
import { archon, root, temporaryFolder } from './workspace.js';

describe('mistakes', () => {
  it.each([
    [['describ'], 'ARCHON_USAGE', 'describe'],
    [['describe', 'mobilnet-v2'], 'ARCHON_UNKNOWN_ID', 'Did you mean "mobilenet-v2"?'],
    [['describe', 'mobilenet-v2', '--set', 'widht=0.5'], 'ARCHON_UNKNOWN_OPTION', 'Did you mean "width"?'],
    [['describe', 'mobilenet-v2', '--set', 'variant=basline'], 'ARCHON_BAD_OPTION', 'baseline'],
    [['describe', 'mobilenet-v2', '--set', 'width'], 'ARCHON_USAGE', '--set option=value'],
    [['simulate', '--network', 'mobilenet-v2'], 'ARCHON_USAGE', '--accelerator'],
    [
      ['simulate', '--network', 'mobilenet-v2', '--accelerator', 'dense', '--layer', 'b1.expnd'],
      'ARCHON_USAGE',
      'Did you mean "b1.expand"?',
    ],
    [['plugins', 'dens'], 'ARCHON_UNKNOWN_ID', 'Did you mean "dense"?'],
    [
      ['simulate', '--network', 'mobilenet-v2', '--accelerator', 'dense', '--set', 'meshX=0'],
      'ARCHON_BAD_OPTION',
      'meshX',
    ],
    [['validate', 'no-such-file.yaml'], 'ARCHON_FILE_NOT_FOUND', 'no-such-file.yaml'],
    [['report', 'no-such-folder'], 'ARCHON_FILE_NOT_FOUND', 'no-such-folder'],
    [['data', 'info', 'no-such-folder'], 'ARCHON_DATA_NOT_FOUND', 'no-such-folder'],
    [['data', 'fetch', 'cifar1', '--dir', 'x'], 'ARCHON_USAGE', 'cifar10, cifar100'],
    [['data', 'fetch', 'cifar10'], 'ARCHON_USAGE', '--dir'],
    [['plugins', '--plugin', 'no-such-plugin'], 'ARCHON_PLUGIN_NOT_FOUND', 'no-such-plugin'],
    [['serve', '--port', '65536'], 'ARCHON_USAGE', 'from 0 to 65535'],
    [['sweep', 'x.yaml', '--ui', '99999'], 'ARCHON_USAGE', 'from 0 to 65535'],
  ])('archon %j: %s', async (args, code, text) => {
    const asText = await archonHere(args);
    expect(asText).toMatchObject({ status: 2, stdout: '' });
    expect(asText.stderr).toContain(code);
    expect(asText.stderr).toContain(text);

    const asJson = await archonHere([...args, '--json']);
    const { error } = JSON.parse(asJson.stdout) as { error: { diagnostics: { code: string }[] } };
    expect(asJson).toMatchObject({ status: 2, stderr: '' });
    expect(error.diagnostics[0]?.code).toBe(code);
  });

  it('end a process with their exit code, on stderr or as one document on stdout', () => {
    const asText = archon(['describe', 'mobilnet-v2']);
    expect(asText).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('ARCHON_UNKNOWN_ID') });
    const asJson = archon(['describe', 'mobilnet-v2', '--json']);
    expect(asJson).toMatchObject({ status: 2, stderr: '' });
    expect(JSON.parse(asJson.stdout)).toMatchObject({ error: { diagnostics: [{ code: 'ARCHON_UNKNOWN_ID' }] } });
  });

  it('in a sweep write nothing', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder.path, 'bad.yaml'), 'apiVersion: archon/v1\nname: bad\nnetwork: []\n');
    const { status, stderr } = await archonHere(['sweep', 'bad.yaml', '--out', 'out'], folder.path);
    expect(status).toBe(2);
    expect(stderr).toMatch(/bad\.yaml:3:1/);
    expect(existsSync(join(folder.path, 'out'))).toBe(false);
    folder.remove();
  });
});

describe('help', () => {
  const commands = readdirSync(join(root, 'packages/host/cli/src/usage'))
    .map((name) => name.replace('.ts', ''))
    .filter((name) => name !== 'on-demand');
  it.each(commands)('archon %s --help has examples', async (command) => {
    const { status, stdout } = await archonHere([command, '--help']);
    expect(status).toBe(0);
    expect(stdout).toContain('Examples:');
  });
});
