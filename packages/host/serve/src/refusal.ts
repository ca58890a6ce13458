import type { IncomingHttpHeaders } from 'node:http';

/** Why a request gets nothing. */
export interface Refusal {
  readonly status: number;
  readonly text: string;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Asked {
  readonly method?: string | undefined;
  readonly headers: IncomingHttpHeaders;
}

const HOST = /^(127\.0\.0\.1|localhost)(:\d{1,5})?$/;

/**
 * Lets nobody in but the pages of this server, in a browser of this machine or at the end of a tunnel to it. A page elsewhere that has its own
 * name lead to 127.0.0.1 (DNS rebinding) is told apart by the name in `Host`; one that asks across origins by `Origin` or, where the browser
 * sends none, by `Sec-Fetch-Site`. Nothing can be changed here, so only reading methods are known.
 */
export function refusalOf({ method, headers }: Asked): Refusal | undefined {
  const { host = '', origin } = headers;
  if (!HOST.test(host)) return { status: 421, text: 'This server answers to 127.0.0.1 and localhost only.' };
  if (origin !== undefined && origin !== `http://${host}`)
    return { status: 403, text: 'Another origin may not read this.' };
  if (!isOwn(headers)) return { status: 403, text: 'Another site may not read this.' };
  if (method === 'GET' || method === 'HEAD') return undefined;
  return { status: 405, text: 'This server only reads.', headers: { Allow: 'GET, HEAD' } };
}

/** A link somewhere else may lead here; no other site may load anything from here. */
function isOwn({
  'sec-fetch-site': site,
  'sec-fetch-mode': mode,
  'sec-fetch-dest': dest,
}: IncomingHttpHeaders): boolean {
  if (site === undefined || site === 'same-origin' || site === 'none') return true;
  return mode === 'navigate' && dest === 'document';
}
