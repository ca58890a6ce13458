import { inflateRawSync } from 'node:zlib';

const DATA = /id="page-data">([A-Za-z0-9+/=]+)<\/script>/;

/** The data that a report page carries, as JSON text. */
export function pageDataOf(html: string): string {
  const packed = DATA.exec(html)?.[1];
  if (packed === undefined) throw new Error('the page carries no packed data');
  return inflateRawSync(Buffer.from(packed, 'base64')).toString();
}
