import { request } from 'node:http';

/** What the tests of servers share. */

export interface Answer {
  readonly status: number | undefined;
  readonly body: string;
}

/** Asks with any headers and method, as no browser would. */
export function ask(url: string, headers: Readonly<Record<string, string>> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { method, headers, agent: false }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (body += chunk));
      response.on('end', () => resolve({ status: response.statusCode, body }));
    });
    asked.on('error', reject);
    asked.end();
  });
}

/** Server-sent events of a dashboard, kept as they come. */
export interface Events {
  /** All of a kind so far. */
  all<T>(kind: string): readonly T[];
  /** Waits, for half a minute, for one that is as wanted; of those that came before, the last counts. */
  next<T>(kind: string, isWanted: (value: T) => boolean): Promise<T>;
  close(): void;
}

export async function openEvents(url: string, search = ''): Promise<Events> {
  const stop = new AbortController();
  const response = await fetch(`${url}events${search}`, { signal: stop.signal });
  const heard: { readonly kind: string; readonly value: unknown }[] = [];
  const listening = (async () => {
    let rest = '';
    const decoder = new TextDecoder();
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      const parts = (rest + decoder.decode(chunk, { stream: true })).split('\n\n');
      rest = parts.pop() ?? '';
      for (const part of parts) {
        const [, kind, data] = /^event: (\w+)\ndata: (.*)$/m.exec(part) ?? [];
        if (kind !== undefined) heard.push({ kind, value: JSON.parse(data ?? '') });
      }
    }
  })().catch(() => undefined); // the server or the test has ended it
  const all = <T>(kind: string): T[] => heard.filter((one) => one.kind === kind).map(({ value }) => value as T);
  return {
    all,
    async next<T>(kind: string, isWanted: (value: T) => boolean) {
      for (let tries = 0; tries < 1500; tries += 1) {
        const last = all<T>(kind).at(-1);
        if (last !== undefined && isWanted(last)) return last;
        await Promise.race([listening, new Promise((resolve) => setTimeout(resolve, 20))]);
      }
      throw new Error(`no such "${kind}" came: ${JSON.stringify(heard.at(-1))}`);
    },
    close: () => stop.abort(),
  };
}
