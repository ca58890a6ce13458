/** A registry of npm that has packages of ours as if they were published, for tests and measurements of what users do. */
import { execFileSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { root } from './workspace.mjs';

/**
 * Starts a registry of packages; for all others it sends npm on to the registry that is configured.
 *
 * @param packages - each as `{ manifest, tarball }`
 * @returns the environment of a user for whom they are published, and what ends it
 */
export async function startRegistry(packages) {
  const others = npmConfig('registry');
  const base = `/${randomUUID()}/`; // npm keeps what it was answered by address, and a port may come again
  const server = createServer(({ url, headers }, response) => {
    const path = url.slice(base.length);
    const wanted = decodeURIComponent(path);
    const found = packages.find(({ manifest, tarball }) => [manifest.name, basename(tarball)].includes(wanted));
    if (found === undefined) response.writeHead(302, { location: others + path }).end();
    else if (wanted === found.manifest.name) response.end(packument(found, `http://${headers.host}${base}`));
    else response.end(readFileSync(found.tarball));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const cache = cacheWithoutPrograms();
  return {
    environment: environment(`http://127.0.0.1:${server.address().port}${base}`, cache),
    stop() {
      server.close();
      rmSync(cache, { recursive: true, force: true });
    },
  };
}

/** All that a registry says of a package with one version. */
function packument({ manifest, tarball }, url) {
  const { name, version } = manifest;
  const integrity = `sha512-${createHash('sha512').update(readFileSync(tarball)).digest('base64')}`;
  const dist = { tarball: url + basename(tarball), integrity };
  return JSON.stringify({ name, 'dist-tags': { latest: version }, versions: { [version]: { ...manifest, dist } } });
}

/** npm's cache, without the packages that `npm create` and `npx` keep there under their versions. */
function cacheWithoutPrograms() {
  const shared = join(npmConfig('cache'), '_cacache');
  const cache = mkdtempSync(join(tmpdir(), 'archon-npm-'));
  mkdirSync(shared, { recursive: true });
  symlinkSync(shared, join(cache, '_cacache'), 'junction');
  return cache;
}

/** This process's environment, without what npm, Vitest and Node have been told. */
function environment(registry, cache) {
  const settings = { registry, cache, prefer_offline: '1', yes: '1', audit: '', fund: '', update_notifier: '' };
  const npm = Object.entries(settings).map(([name, value]) => [`npm_config_${name}`, value]);
  const others = Object.entries(process.env).filter(([name]) => !/^(npm_|VITEST|NODE_)/.test(name));
  return Object.fromEntries([...others, ...npm, ['NO_COLOR', '1']]);
}

function npmConfig(key) {
  const shell = process.platform === 'win32';
  return execFileSync('npm', ['config', 'get', key], { cwd: root, encoding: 'utf8', shell }).trim();
}
