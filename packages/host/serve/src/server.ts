import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { renderLiveHtml } from '@archon-dse/report';
import { Body } from './body.js';
import { HEADERS } from './headers.js';
import { Hub } from './hub.js';
import { listen } from './listen.js';
import { refusalOf, type Refusal } from './refusal.js';

export interface ServeOptions {
  /** Folders of sweeps, and folders that hold some or will. */
  readonly folders: readonly string[];
  /** Where relative ones start; the working directory unless given. */
  readonly cwd?: string;
  /** 0 for any that is free; unless given {@link USUAL_PORT}, or any that is free where that is taken. */
  readonly port?: number;
}

/** A dashboard that is being served. */
export interface Dashboard {
  /** Where browsers of this machine find it. */
  readonly url: string;
  readonly port: number;
  /** Ends all streams and connections; returns when nothing is left. */
  close(): Promise<void>;
}

/** Streams at a time: each tab of a browser is one. */
const MOST_CLIENTS = 32;
/** Each of them with some requests beside its stream. */
const MOST_CONNECTIONS = 8 * MOST_CLIENTS;
/** A connection on which nothing moves for so long is closed; streams beat. Making the report of 10^6 points may take minutes. */
const STUCK_MS = 300_000;

/**
 * Serves the live dashboard of sweeps to browsers of this machine: reading only, on 127.0.0.1 only.
 *
 * @throws ArchonError ARCHON_PORT_TAKEN when the port that was asked for cannot be had
 */
export async function serveSweeps({ folders, cwd = process.cwd(), port }: ServeOptions): Promise<Dashboard> {
  const hub = new Hub(folders, cwd);
  const { html, policy } = renderLiveHtml();
  const page = { body: new Body(html), policy };
  const server = createServer((request, response) => {
    answer(request, response, { hub, page }).catch(() => {
      if (!response.headersSent) response.writeHead(500, HEADERS);
      response.end();
    });
  });
  server.maxConnections = MOST_CONNECTIONS;
  server.setTimeout(STUCK_MS);
  const bound = await listen(server, port);
  return {
    url: `http://127.0.0.1:${String(bound)}/`,
    port: bound,
    close: () => {
      hub.close();
      return closed(server);
    },
  };
}

interface Site {
  readonly hub: Hub;
  readonly page: { readonly body: Body; readonly policy: string };
}

async function answer(request: IncomingMessage, response: ServerResponse, { hub, page }: Site): Promise<void> {
  const refusal = refusalOf(request);
  if (refusal !== undefined) return refuse(response, refusal);
  const address = addressOf(request);
  if (address === undefined) return refuse(response, BAD_ADDRESS);
  const { pathname, searchParams } = address;
  const sweep = searchParams.get('sweep') ?? '';
  switch (pathname) {
    case '/':
      return send(request, response, page.body, {
        'Content-Type': 'text/html; charset=utf-8',
        'Content-Security-Policy': page.policy,
      });
    case '/events':
      return startEvents(request, response, hub, sweep === '' ? undefined : sweep);
    case '/report':
      return sendJson(request, response, hub.sweep(sweep)?.data());
    case '/point':
      return sendJson(request, response, hub.sweep(sweep)?.point(searchParams.get('id') ?? ''));
    default:
      return refuse(response, NOT_FOUND);
  }
}

function addressOf({ url = '/' }: IncomingMessage): URL | undefined {
  try {
    return new URL(`http://127.0.0.1${url}`);
  } catch {
    return undefined;
  }
}

const BAD_ADDRESS: Refusal = { status: 400, text: 'That is no address of this server.' };
const NOT_FOUND: Refusal = { status: 404, text: 'There is nothing here.' };

function startEvents(request: IncomingMessage, response: ServerResponse, hub: Hub, sweep: string | undefined): void {
  if (hub.size >= MOST_CLIENTS) {
    return refuse(response, { status: 503, text: 'Too many pages are open.', headers: { 'Retry-After': '10' } });
  }
  response.writeHead(200, { ...HEADERS, 'Content-Type': 'text/event-stream' });
  if (request.method === 'HEAD') response.end();
  else hub.join(response, sweep, request.headers['last-event-id']);
}

function sendJson(request: IncomingMessage, response: ServerResponse, json: Body | undefined): Promise<void> | void {
  if (json === undefined) return refuse(response, NOT_FOUND);
  return send(request, response, json, { 'Content-Type': 'application/json' });
}

async function send(
  request: IncomingMessage,
  response: ServerResponse,
  body: Body,
  headers: Readonly<Record<string, string>>,
): Promise<void> {
  const zipped = /\bgzip\b/.test(String(request.headers['accept-encoding'])) ? await body.gzipped : undefined;
  const bytes = zipped ?? body.plain;
  response.writeHead(200, {
    ...{ ...HEADERS, ...headers, 'Content-Length': bytes.length },
    ...(zipped === undefined ? {} : { 'Content-Encoding': 'gzip' }),
  });
  response.end(request.method === 'HEAD' ? undefined : bytes);
}

function refuse(response: ServerResponse, { status, text, headers }: Refusal): void {
  response.writeHead(status, { ...HEADERS, ...headers, 'Content-Type': 'text/plain; charset=utf-8' });
  response.end(`${text}\n`);
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
