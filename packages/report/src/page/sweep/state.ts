import type { Signal } from '../shared/signal.js';

/** What the parts of the page share. */
export interface PageState {
  /** Id of the point whose details are shown. */
  readonly selected: Signal<string>;
  /** Ids inside the brushes of the parallel coordinates; undefined without brushes. */
  readonly brushed: Signal<ReadonlySet<string> | undefined>;
}
