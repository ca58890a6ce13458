import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

/** Smaller texts are not worth compressing on the way through a tunnel. */
const LEAST_GZIPPED = 16_384;

const compressed = promisify<Buffer, Buffer>(gzip);

/** A text to be sent, in memory and compressed once for all clients, however slowly they take it. */
export class Body {
  readonly plain: Buffer;
  private zipped: Promise<Buffer> | undefined;

  constructor(text: string) {
    this.plain = Buffer.from(text);
  }

  /** Nothing where it is not worth it. */
  get gzipped(): Promise<Buffer> | undefined {
    if (this.plain.length < LEAST_GZIPPED) return undefined;
    this.zipped ??= compressed(this.plain);
    return this.zipped;
  }
}
