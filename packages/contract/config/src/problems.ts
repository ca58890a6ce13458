import { ArchonError, type Diagnostic, type SourceLocation } from '@archon-dse/core';
import type { Source, Span } from './source.js';

/** Where in the document something is said: its path, and the text to point at. */
export interface Place {
  readonly path: string;
  readonly span: Span;
  /** The text that the span is of, where it is not the document's own. */
  readonly source?: Source;
}

/** What is wrong, before it is located. */
export type Problem = Pick<Diagnostic, 'code' | 'message' | 'expected' | 'hint'>;

/** What a text is, for messages about all of it. */
export type Subject = 'sweep' | 'experiment';

const MOST_REPORTED = 20;

interface Found {
  readonly place: Place;
  readonly problem: Problem;
}

/** Collects everything wrong with a document. Readers report here and go on with what is left. */
export class Problems {
  readonly subject: Subject;
  private readonly source: Source;
  private readonly unsound = new WeakSet<Place>();
  private readonly found: Found[] = [];

  constructor(source: Source, subject: Subject) {
    this.source = source;
    this.subject = subject;
  }

  add(place: Place, problem: Problem): void {
    this.found.push({ place, problem });
  }

  /** Says of a node, and those it is in, that not all of it is as the grammar has it. */
  markUnsound(path: readonly Place[]): void {
    for (const node of path) this.unsound.add(node);
  }

  /** Whether nothing was found wrong so far. */
  get areNone(): boolean {
    return this.found.length === 0;
  }

  /** Whether a node is, with all that is in it, as the grammar has it. */
  isSound(node: Place): boolean {
    return !this.unsound.has(node);
  }

  /** The text of a place, as it stands in the file. */
  textAt({ span, source = this.source }: Place): string {
    return source.text.slice(span.start, span.end);
  }

  /** File, line and column of a place. */
  locate({ span, source = this.source }: Place): SourceLocation {
    return source.locate(span);
  }

  /** Where a place is, and what stands there. */
  show(place: Place): Required<Pick<Diagnostic, 'location' | 'frame'>> {
    const location = this.locate(place);
    return { location, frame: (place.source ?? this.source).frame(location) };
  }

  /** Tells a problem after which reading on makes no sense, with those found before it. Whoever catches it may go on without it. */
  stop(place: Place, problem: Problem): never {
    const all = this.diagnostics([...this.found, { place, problem }]);
    throw new ArchonError(...(all as [Diagnostic, ...Diagnostic[]]));
  }

  /** @throws ArchonError with the first diagnostics in the order of the text, when there are any */
  throwIfAny(): void {
    const [first, ...rest] = this.diagnostics();
    if (first !== undefined) throw new ArchonError(first, ...rest);
  }

  private isElsewhere({ source = this.source }: Place): boolean {
    return source !== this.source;
  }

  private diagnostics(found: readonly Found[] = this.found): Diagnostic[] {
    return [...found]
      .sort((a, b) => a.place.span.start - b.place.span.start)
      .sort((a, b) => Number(this.isElsewhere(a.place)) - Number(this.isElsewhere(b.place)))
      .slice(0, MOST_REPORTED)
      .map(({ place, problem }) => {
        const path = place.path === '' ? {} : { path: place.path };
        return { ...problem, ...path, ...this.show(place) };
      });
  }
}
