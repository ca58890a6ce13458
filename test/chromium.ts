import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';

/** What the tests of pages share. */

const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
export const isMissing = !existsSync(executablePath);
if (isMissing) process.stderr.write(`page tests skipped: no Chromium at ${executablePath} (set CHROMIUM_PATH)\n`);

export const HOSTILE = '</script><img src=x onerror="window.hacked=1"><b>';

const ARGS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A browser that opens pages and records what they complain about. */
export class PageOpener {
  /** Every console message, page error and request of the page opened last, but the request of the document itself. */
  readonly complaints: string[] = [];
  readonly #folder = mkdtempSync(join(tmpdir(), 'archon-page-'));
  #browser: Browser | undefined;
  #count = 0;

  async start(): Promise<void> {
    this.#browser = await chromium.launch({ executablePath, args: ARGS });
  }

  async stop(): Promise<void> {
    await this.#browser?.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** Opens the address of a server; every request that goes elsewhere is a complaint. */
  async visit(url: string, viewport = { width: 1440, height: 1000 }): Promise<Page> {
    const page = await this.#browser!.newPage({ viewport });
    this.complaints.length = 0;
    page.on('console', (message) => this.complaints.push(`console: ${message.text()}`));
    page.on('pageerror', (error) => this.complaints.push(`error: ${error.message}`));
    page.on('request', (request) => {
      if (new URL(request.url()).origin !== new URL(url).origin) this.complaints.push(`request: ${request.url()}`);
    });
    await page.goto(url);
    return page;
  }

  async open(html: string, hash = '', viewport = { width: 1440, height: 1000 }): Promise<Page> {
    const file = join(this.#folder, `${(this.#count += 1)}.html`);
    writeFileSync(file, html);
    const url = pathToFileURL(file).href;
    const page = await this.#browser!.newPage({ viewport });
    this.complaints.length = 0;
    page.on('console', (message) => this.complaints.push(`console: ${message.text()}`));
    page.on('pageerror', (error) => this.complaints.push(`error: ${error.message}`));
    page.on('request', (request) => {
      if (request.url() !== url + hash && request.url() !== url) this.complaints.push(`request: ${request.url()}`);
    });
    await page.goto(url + hash);
    return page;
  }
}

/** Adds a script to the page as an attacker would; returns whether it ran. */
export async function foreignScriptRuns(page: Page): Promise<boolean> {
  await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.hacked = 1';
    document.body.append(script);
  });
  return page.evaluate(() => 'hacked' in window);
}
