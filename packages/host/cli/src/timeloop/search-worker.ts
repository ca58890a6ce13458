/** Run by {@link searchThreads}: searches its share of a mapspace. */
import { BroadcastChannel, parentPort, receiveMessageOnPort, workerData, type MessagePort } from 'node:worker_threads';
import {
  searchMapspace,
  type MapperEffort,
  type Mapspace,
  type Rank,
  type SearchedShare,
  type Share,
} from '@archon-dse/timeloop';

/** What such a thread is started with. */
export interface SearchWorkerData {
  readonly mapspace: Mapspace;
  readonly share: Share;
  readonly budget: MapperEffort['budget'];
  /** Its only 32-bit word is 1 once the search is to stop. Shared, since a thread that searches hears no message. */
  readonly stop: SharedArrayBuffer;
  /** Name of the channel on which the threads of the search tell each other the ranks of what they find. */
  readonly channel: string;
}

export type SearchProgress = Parameters<NonNullable<MapperEffort['onProgress']>>[0];

/** A share and the time its search took, without that of starting its thread. */
export interface TimedShare {
  readonly searched: SearchedShare;
  readonly ms: number;
}

/** What it tells: how far it is, and in the end what it found. */
export type SearchMessage = { readonly progress: SearchProgress } | TimedShare;

const TELL_MS = 200;

const { mapspace, share, budget, stop, channel } = workerData as SearchWorkerData;
const word = new Int32Array(stop);
const start = performance.now();
let last = start;

const others = new BroadcastChannel(channel);
// Node reads from either; its types know of ports only.
const port = others as unknown as MessagePort;
let told: Rank | undefined;
let theirs: Rank | undefined;

/** What is read without waiting for it: a thread that searches hears no event. */
function exchange(own: Rank | undefined): Rank | undefined {
  if (own !== undefined && isLess(own, told)) others.postMessage((told = own));
  for (let heard = receiveMessageOnPort(port); heard !== undefined; heard = receiveMessageOnPort(port)) {
    const rank = heard.message as Rank;
    if (isLess(rank, theirs)) theirs = rank;
  }
  return theirs;
}

function isLess(a: Rank, b: Rank | undefined): boolean {
  return b === undefined || a.first < b.first || (a.first === b.first && a.second < b.second);
}

function tell(message: SearchMessage): void {
  parentPort?.postMessage(message);
}

const searched = searchMapspace(mapspace, {
  clock: () => performance.now(),
  ...(budget === undefined ? {} : { budget }),
  signal: {
    get aborted() {
      return Atomics.load(word, 0) === 1;
    },
  },
  onProgress: (progress) => {
    const now = performance.now();
    if (now - last < TELL_MS) return;
    last = now;
    tell({ progress });
  },
  share,
  exchange,
});
others.close();
tell({ searched, ms: performance.now() - start });
