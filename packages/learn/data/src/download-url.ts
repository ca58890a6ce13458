import { fail } from '@archon-dse/core';

/** What to ask for, and the address without secrets, as messages may show it. */
export interface Address {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly shown: string;
}

/**
 * Address of a file below a base URL, with or without a slash at its end. A name and a password in it become a header; a query, which may
 * hold a token, is kept. Neither is ever shown.
 *
 * @throws ArchonError ARCHON_USAGE for what is no http or https URL
 */
export function addressOf(base: string, file: string): Address {
  const url = URL.canParse(base) ? new URL(base) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
    return fail({
      code: 'ARCHON_USAGE',
      message: 'the base URL to fetch from is no http or https URL',
      expected: 'one such as https://mirror.example/cifar/',
    });
  }
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/${file}`;
  const { username, password } = url;
  url.username = '';
  url.password = '';
  url.hash = '';
  const pair = `${decoded(username)}:${decoded(password)}`;
  const headers = username === '' ? {} : { authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
  return { url: url.href, headers, shown: `${url.origin}${url.pathname}` };
}

/** A part of a URL as it was meant; as it stands where its percent signs mean nothing. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
