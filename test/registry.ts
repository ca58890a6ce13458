import { execFileSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import { PACKED, tarballs } from './packed.js';
import { root } from './workspace.js';

interface Package {
  readonly manifest: { readonly name: string; readonly version: string };
  readonly tarball: string;
}

/** A registry that has our packages as if they were published, and sends npm on to its own registry for all others. */
export async function startRegistry(): Promise<{ readonly url: string; stop(): void }> {
  const tarballOf = await tarballs();
  const packages = PACKED.map((folder) => ({ manifest: manifestOf(folder), tarball: tarballOf(folder) }));
  const others = execFileSync('npm', ['config', 'get', 'registry'], { cwd: root, encoding: 'utf8' }).trim();
  const base = `/${randomUUID()}/`; // npm keeps what it was answered by address, and a port may come again
  let url = '';
  const server = createServer(({ url: address = '' }, response) => {
    const path = address.slice(base.length);
    const wanted = decodeURIComponent(path);
    const found = packages.find(({ manifest, tarball }) => [manifest.name, basename(tarball)].includes(wanted));
    if (found === undefined) response.writeHead(302, { location: others + path }).end();
    else if (wanted === found.manifest.name) response.end(JSON.stringify(packument(found, url)));
    else response.end(readFileSync(found.tarball));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}${base}`;
  return { url, stop: () => server.close() };
}

/** All that a registry says of a package with one version. */
function packument({ manifest, tarball }: Package, url: string): object {
  const { name, version } = manifest;
  const integrity = `sha512-${createHash('sha512').update(readFileSync(tarball)).digest('base64')}`;
  const dist = { tarball: url + basename(tarball), integrity };
  return { name, 'dist-tags': { latest: version }, versions: { [version]: { ...manifest, dist } } };
}

function manifestOf(folder: string): Package['manifest'] {
  return JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Package['manifest'];
}
