import type { ServerResponse } from 'node:http';

/** Something that is told: the newest of its kind replaces all before it. */
export interface Told {
  /** In the order of telling, over all kinds. */
  readonly order: number;
  readonly kind: string;
  /** JSON. */
  readonly data: string;
}

const RETRY_MS = 2000;

/**
 * One client's stream of server-sent events. Once it is full nothing more is written until the client has taken what there is; what is told
 * meanwhile waits here, the newest of each kind alone, so that a slow client costs one event of memory and is behind by no more.
 */
export class EventStream {
  private readonly response: ServerResponse;
  private readonly server: string;
  private readonly waiting = new Map<string, Told>();
  private isFull = false;
  private wasFull = false;

  /** @param server - tells the events of this server from those of an earlier one at the same address */
  constructor(response: ServerResponse, server: string) {
    this.response = response;
    this.server = server;
    response.on('drain', () => {
      [this.isFull, this.wasFull] = [false, false];
      this.sendWaiting();
    });
    this.write(`retry: ${String(RETRY_MS)}\n\n`);
  }

  send(told: Told): void {
    this.waiting.delete(told.kind); // the newer one has its place at the end, as clients go on from the last they heard
    this.waiting.set(told.kind, told);
    this.sendWaiting();
  }

  /**
   * Keeps connections alive that nothing is told on, and finds those that are gone. A client that has taken nothing of what waits from one
   * beat to the next is cut off; if it lives its browser comes back by itself.
   */
  beat(): void {
    if (this.wasFull) this.response.destroy();
    else if (this.isFull) this.wasFull = true;
    else this.write(':\n\n');
  }

  end(): void {
    this.response.end();
  }

  /** A text from JSON has no line breaks, which would end the field. */
  private sendWaiting(): void {
    for (const [key, { order, kind, data }] of this.waiting) {
      if (this.isFull) return;
      this.waiting.delete(key);
      this.write(`id: ${this.server}-${String(order)}\nevent: ${kind}\ndata: ${data}\n\n`);
    }
  }

  private write(text: string): void {
    this.isFull = !this.response.write(text);
  }
}

/** How far a client had heard when its connection broke; -1 where it has heard nothing of this server. */
export function heardUntil(lastEventId: unknown, server: string): number {
  const [, of, order] = /^([\w]+)-(\d{1,15})$/.exec(String(lastEventId)) ?? [];
  return of === server ? Number(order) : -1;
}
